import type { KubeClient, KubeStream } from '@fairlead/kube/kube-client'

type Kind = 'jobs' | 'pods'

/** A real client whose watches can be broken, silenced, or made to ask for a version that is no longer kept. */
export interface GappyClient {
  readonly client: KubeClient
  /** The open watches of `kind` say nothing any more; new ones do. */
  silence(kind: Kind): void
  /** Every open watch ends as if its connection broke. */
  breakAll(): void
  /** Watches that go on from a version ask for the very first one instead. */
  forgetVersions(on: boolean): void
  /** Full lists so far. */
  lists(kind: Kind): number
}

interface Open {
  readonly kind: Kind
  silent: boolean
  readonly end: () => void
}

export function createGappyClient(client: KubeClient): GappyClient {
  const open = new Set<Open>()
  const lists = { jobs: 0, pods: 0 }
  let forgetting = false

  const gappy = (stream: KubeStream, kind: Kind, signal: AbortSignal | undefined): KubeStream => {
    let end = (): void => undefined
    const ended = new Promise<'ended'>((resolve) => (end = () => resolve('ended')))
    const watch: Open = { kind, silent: false, end }
    open.add(watch)
    signal?.addEventListener('abort', end)
    async function* chunks(): AsyncGenerator<Buffer> {
      const source = stream.chunks[Symbol.asyncIterator]()
      try {
        for (;;) {
          const next = await Promise.race([ended, source.next()])
          if (next === 'ended' || next.done === true) return
          if (!watch.silent) yield next.value
        }
      } finally {
        open.delete(watch)
        stream.close()
      }
    }
    return { ...stream, chunks: chunks() }
  }
  return {
    client: {
      ...client,
      async stream(request) {
        const kind = request.path.endsWith('/pods') ? 'pods' : 'jobs'
        const resumes = request.query?.['resourceVersion'] !== undefined
        if (!resumes) lists[kind] += 1
        const query = { ...request.query, ...(resumes && forgetting ? { resourceVersion: '1' } : {}) }
        return gappy(await client.stream({ ...request, query }), kind, request.signal)
      },
    },
    silence(kind) {
      for (const watch of open) if (watch.kind === kind) watch.silent = true
    },
    breakAll() {
      for (const watch of open) watch.end()
    },
    forgetVersions: (on) => void (forgetting = on),
    lists: (kind) => lists[kind],
  }
}

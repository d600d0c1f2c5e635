import { watchKind } from '@fairlead/kube/list-watch'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { z } from 'zod'

/** What a script would do without any engine: create, watch for the end, create the next. */
export interface ContainerFloor {
  /** Seconds until each of `count`, one after the other or all at once, has ended. */
  inTurn(count: number): Promise<number>
  atOnce(count: number): Promise<number>
  close(): void
}

const podSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z.looseObject({ phase: z.string().default('') }).default({ phase: '' }),
})
const jobSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  status: z.looseObject({ succeeded: z.number().default(0) }).default({ succeeded: 0 }),
})

const pod = {
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 0,
  containers: [{ name: 'task', image: 'localhost/busybox:1', command: ['true'] }],
}

const kinds = {
  pods: {
    target: { apiVersion: 'v1', plural: 'pods', kind: 'Pod' },
    path: (namespace: string) => `/api/v1/namespaces/${namespace}/pods`,
    body: (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: pod }),
    ended: (object: unknown) => {
      const { metadata, status } = podSchema.parse(object)
      return status.phase === 'Succeeded' ? metadata.name : null
    },
  },
  jobs: {
    target: { apiVersion: 'batch/v1', plural: 'jobs', kind: 'Job' },
    path: (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/jobs`,
    body: (name: string) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { backoffLimit: 0, template: { spec: pod } },
    }),
    ended: (object: unknown) => {
      const { metadata, status } = jobSchema.parse(object)
      return status.succeeded > 0 ? metadata.name : null
    },
  },
} as const

/** Requests that a script sends before it waits for answers: more only queue up at the API server. */
const inFlight = 50

/** Resolves once its watch stands. */
export async function openFloor(
  client: KubeClient,
  namespace: string,
  what: keyof typeof kinds,
): Promise<ContainerFloor> {
  const kind = kinds[what]
  const ended = new Set<string>()
  const waiting = new Map<string, () => void>()
  const stopped = new AbortController()
  const hear = (name: string | null): void => {
    if (name === null || ended.has(name)) return
    ended.add(name)
    waiting.get(name)?.()
  }
  await new Promise<void>((resolve) => {
    const ignore = (): void => undefined
    const handler = {
      startSync: () => ({
        chunk: (names: readonly (string | null)[]) => names.forEach(hear),
        finish: resolve,
        abandon: ignore,
      }),
      onChanges: (changes: readonly { readonly object: string | null }[]) =>
        changes.forEach(({ object }) => hear(object)),
      onState: ignore,
      onHeartbeat: ignore,
    }
    void watchKind(client, { ...kind.target, namespace }, handler, {
      signal: stopped.signal,
      project: kind.ended,
    })
  })
  let made = 0
  /** Resolves once it is made. */
  const make = async (): Promise<{ readonly ended: Promise<void> }> => {
    const name = `floor-${what}-${(made += 1)}`
    const ended = new Promise<void>((resolve) => waiting.set(name, resolve))
    await client.request({ method: 'POST', path: kind.path(namespace), body: kind.body(name) })
    return { ended }
  }
  const makeAll = async (count: number): Promise<void> => {
    const ends: Promise<void>[] = []
    let left = count
    const maker = async (): Promise<void> => {
      while (left-- > 0) ends.push((await make()).ended)
    }
    await Promise.all(Array.from({ length: inFlight }, maker))
    await Promise.all(ends)
  }
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const startedAt = performance.now()
    await work()
    return (performance.now() - startedAt) / 1000
  }
  return {
    inTurn: (count) =>
      timed(async () => {
        for (let at = 0; at < count; at++) await (await make()).ended
      }),
    atOnce: (count) => timed(() => makeAll(count)),
    close: () => stopped.abort(),
  }
}

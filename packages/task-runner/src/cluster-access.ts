import type { KubeClient } from '@fairlead/kube/kube-client'

/** Clients of clusters, kept for a moment: opening one asks a database, and a task needs several calls. */
export interface ClusterAccess {
  clientOf(cluster: string): Promise<KubeClient>
  /** Like `clientOf`, but asks anew: after a failure that a newer credential may end. */
  freshClientOf(cluster: string): Promise<KubeClient>
  /** A few calls at a time per cluster: a burst reuses connections instead of opening one for each. */
  call<T>(cluster: string, work: () => Promise<T>): Promise<T>
}

const keptMs = 5_000
const callsAtOnce = 12

export function createClusterAccess(open: (cluster: string) => Promise<KubeClient>): ClusterAccess {
  const kept = new Map<string, { readonly at: number; readonly client: Promise<KubeClient> }>()
  const lines = new Map<string, Line>()
  const fresh = (cluster: string): Promise<KubeClient> => {
    const client = open(cluster)
    kept.set(cluster, { at: Date.now(), client })
    client.catch(() => kept.delete(cluster))
    return client
  }
  return {
    freshClientOf: fresh,
    clientOf(cluster) {
      const known = kept.get(cluster)
      return known !== undefined && Date.now() - known.at < keptMs ? known.client : fresh(cluster)
    },
    call(cluster, work) {
      const line = lines.get(cluster) ?? { waiting: [], running: 0 }
      lines.set(cluster, line)
      return inLine(line, work)
    },
  }
}

interface Line {
  readonly waiting: (() => void)[]
  running: number
}

async function inLine<T>(line: Line, work: () => Promise<T>): Promise<T> {
  if (line.running < callsAtOnce) line.running += 1
  else await new Promise<void>((resolve) => line.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = line.waiting.shift()
    if (next === undefined) line.running -= 1
    else next()
  }
}

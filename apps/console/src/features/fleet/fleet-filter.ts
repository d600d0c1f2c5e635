import type { ClusterCard, Environment } from '@fairlead/contracts/cluster'
import { isStale } from '@/features/clusters/is-stale'

export interface FleetFilter {
  readonly text: string
  readonly environment: Environment | null
  /** `key=value` */
  readonly label: string | null
}

const environmentOrder: Record<Environment, number> = { production: 0, staging: 1, development: 2 }

/** Production first, then by name: a card keeps its place whatever happens to it. */
export function orderFleet(clusters: readonly ClusterCard[]): ClusterCard[] {
  return [...clusters].sort(
    (a, b) =>
      environmentOrder[a.environment] - environmentOrder[b.environment] ||
      a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
}

export function filterFleet(clusters: readonly ClusterCard[], filter: FleetFilter): ClusterCard[] {
  const wanted = filter.text.trim().toLowerCase()
  return clusters.filter(
    (cluster) =>
      (filter.environment === null || cluster.environment === filter.environment) &&
      (filter.label === null || labelsOf(cluster).includes(filter.label)) &&
      (wanted === '' || wordsOf(cluster).includes(wanted)),
  )
}

export const labelsOf = ({ labels }: Pick<ClusterCard, 'labels'>): string[] =>
  Object.entries(labels).map(([key, value]) => `${key}=${value}`)

const wordsOf = (cluster: ClusterCard): string =>
  [cluster.name, cluster.environment, cluster.version ?? '', cluster.server, ...labelsOf(cluster)]
    .join(' ')
    .toLowerCase()

export interface FleetTotals {
  readonly clusters: number
  readonly live: number
  /** Of clusters that are heard now. */
  readonly nodes: NonNullable<ClusterCard['nodes']>
  readonly pods: ClusterCard['pods']
  readonly workloads: ClusterCard['workloads']
  /** Of clusters that are not: what there was when they were last seen. */
  readonly lastKnown: { readonly nodes: number; readonly pods: number; readonly workloads: number }
}

export function totalsOf(clusters: readonly ClusterCard[]): FleetTotals {
  const heard = clusters.filter(({ freshness }) => !isStale(freshness))
  const lost = clusters.filter(({ freshness }) => isStale(freshness))
  const sum = (pick: (cluster: ClusterCard) => number, of = heard) =>
    of.reduce((total, cluster) => total + pick(cluster), 0)
  return {
    clusters: clusters.length,
    live: heard.length,
    nodes: { total: sum(({ nodes }) => nodes?.total ?? 0), ready: sum(({ nodes }) => nodes?.ready ?? 0) },
    pods: {
      running: sum(({ pods }) => pods.running),
      pending: sum(({ pods }) => pods.pending),
      failing: sum(({ pods }) => pods.failing),
      completed: sum(({ pods }) => pods.completed),
    },
    workloads: {
      converged: sum(({ workloads }) => workloads.converged),
      converging: sum(({ workloads }) => workloads.converging),
      degraded: sum(({ workloads }) => workloads.degraded),
    },
    lastKnown: {
      nodes: sum(({ nodes }) => nodes?.total ?? 0, lost),
      pods: sum(({ pods }) => countIn(pods), lost),
      workloads: sum(({ workloads }) => countIn(workloads), lost),
    },
  }
}

const countIn = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

import type { StageSpec } from '@fairlead/contracts/application'
import type { WorkloadDb } from '@fairlead/db/views'
import { coversNamespace, matchesSelector } from '../application/stage-targets'

export interface ClusterRow {
  readonly name: string
  readonly environment: string
}

/** The clusters of a stage as a deploy would resolve them now, for lists: what isn't allowed is left out, not refused. */
export async function clusterNames(
  db: Pick<WorkloadDb, 'cluster' | 'destination'>,
): Promise<(spec: StageSpec, projectId: string) => readonly ClusterRow[]> {
  const [clusters, destinations] = await Promise.all([
    db.cluster.findMany({
      select: { id: true, name: true, environment: true, labels: true },
      orderBy: { name: 'asc' },
    }),
    db.destination.findMany(),
  ])
  return ({ targets }, projectId) =>
    clusters.filter(
      (cluster) =>
        (targets.clusters === undefined || targets.clusters.includes(cluster.name)) &&
        matchesSelector(cluster, targets.selector) &&
        destinations.some(
          (row) =>
            row.projectId === projectId &&
            row.clusterId === cluster.id &&
            coversNamespace(row, targets.namespace),
        ),
    )
}

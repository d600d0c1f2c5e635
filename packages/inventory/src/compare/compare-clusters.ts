import { comparedKinds } from '@fairlead/contracts/comparison'
import { optInKinds, watchedKindNames } from '@fairlead/contracts/kinds'
import type { InventoryDb } from '@fairlead/db/views'
import { clusterPartKinds, clusterParts } from '@fairlead/insight/compare/cluster-parts'
import { compareSides } from '@fairlead/insight/compare/compare-sides'
import type { QueryContext } from '@fairlead/kernel/context'
import { unreadKinds } from '../network/read-objects'
import type { ClusterRow } from '../verbs/cluster-rows'
import { loadVisibility } from '../visible'
import { readCluster, type WantedParts } from './read-cluster'

const parts = watchedKindNames.filter((kind) => clusterPartKinds.includes(kind))
const optional: readonly string[] = optInKinds

/** Two clusters as they were last seen. What one of them has not told is compared on neither side. */
export async function compareClusters(
  context: QueryContext<InventoryDb>,
  left: ClusterRow,
  right: ClusterRow,
) {
  const { db, actor } = context
  const unread = await unreadKinds(db, [left.id, right.id], ['Node', ...parts, ...comparedKinds])
  const blind = (kind: string): boolean => [left, right].some(({ id }) => unread.get(id)?.has(kind) === true)
  const visibility = await loadVisibility(db, actor)
  const wanted = (row: ClusterRow): WantedParts => ({
    id: row.id,
    version: row.version,
    kinds: parts.filter((kind) => !blind(kind)),
    counted: comparedKinds.filter((kind) => !blind(kind)),
    nodes: !blind('Node'),
    sees: (namespace) => visibility.sees(left.id, namespace) && visibility.sees(right.id, namespace),
  })
  const [one, other] = await Promise.all([
    readCluster(db, actor, wanted(left)),
    readCluster(db, actor, wanted(right)),
  ])
  const unknown = [left, right].flatMap((row) => {
    const kinds = [...(unread.get(row.id) ?? [])].filter((kind) => !optional.includes(kind))
    return kinds.length === 0 ? [] : [`Not read in ${row.name}: ${kinds.join(', ')}`]
  })
  return {
    objects: compareSides(
      { namespace: null, objects: clusterParts(one) },
      { namespace: null, objects: clusterParts(other) },
    ),
    leftOut: visibility.all ? unknown : [...unknown, 'Namespaces that you may not see in both clusters'],
  }
}

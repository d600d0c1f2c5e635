import type { ComparedSide, ComparisonView } from '@fairlead/contracts/comparison'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { InventoryDb } from '@fairlead/db/views'
import { compareSides, countOutcomes } from '@fairlead/insight/compare/compare-sides'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { compareClusters } from '../compare/compare-clusters'
import { mostObjects, readNamespace } from '../compare/read-namespace'
import { withinBounds } from '../compare/within-bounds'
import type { ClusterConnections } from '../connections'
import { loadVisibility } from '../visible'
import { clusterRows, identityWithFreshness, type ClusterRow } from './cluster-rows'
import { findCluster } from './find-cluster'

type Input = ParsedOf<'fleet.compare'>
type Compared = Pick<ComparisonView, 'objects' | 'leftOut'>

interface Place {
  readonly row: ClusterRow
  readonly namespace: string
}

/** One side's cluster; the same answer for none and not yours, of a namespace too. */
async function placeOf(context: QueryContext<InventoryDb>, side: Input['left']): Promise<ClusterRow> {
  const { id } = await findCluster(context.db, context.actor, side)
  const [[row], visibility] = await Promise.all([
    clusterRows(context.db, context.actor, [id]),
    loadVisibility(context.db, context.actor),
  ])
  if (row === undefined) throw notFound('cluster')
  if (side.namespace !== undefined && !visibility.sees(id, side.namespace)) throw notFound('namespace')
  return row
}

/** Live, as whoever the clusters are to see: specs are not kept, and what may be seen here was decided before. */
async function compareNamespaces(
  { signal, actor }: QueryContext<InventoryDb>,
  connections: ClusterConnections,
  of: { readonly left: Place; readonly right: Place; readonly application: string | undefined },
): Promise<Compared> {
  const read = ({ row, namespace }: Place) =>
    readNamespace(() => connections.clientFor(row.id, actor), {
      cluster: row.name,
      namespace,
      application: of.application,
      signal,
    })
  const [one, other] = await Promise.all([read(of.left), read(of.right)])
  const { left, right, leftOut } = withinBounds(one, other, mostObjects)
  const objects = compareSides(
    { namespace: of.left.namespace, objects: left },
    { namespace: of.right.namespace, objects: right },
  )
  return { objects, leftOut }
}

export const fleetCompare = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('fleet.compare', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<ComparisonView> => {
      const [left, right] = [await placeOf(context, input.left), await placeOf(context, input.right)]
      const [one, other] = [input.left.namespace, input.right.namespace]
      const live = one !== undefined && other !== undefined
      const { objects, leftOut } = live
        ? await compareNamespaces(context, connections, {
            left: { row: left, namespace: one },
            right: { row: right, namespace: other },
            application: input.application,
          })
        : await compareClusters(context, left, right)
      const sideOf = (row: ClusterRow, namespace: string | undefined): ComparedSide => ({
        cluster: identityWithFreshness(row, context.now),
        namespace: namespace ?? null,
      })
      return {
        left: sideOf(left, one),
        right: sideOf(right, other),
        application: input.application ?? null,
        read: live ? 'live' : 'stored',
        objects,
        counts: countOutcomes(objects),
        leftOut,
        at: context.now.toISOString(),
      }
    },
  })

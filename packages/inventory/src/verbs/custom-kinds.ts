import type { CustomKindList, CustomKindRow } from '@fairlead/contracts/custom-objects'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { likePattern } from '../like-pattern'
import type { DefinitionSummary } from '../summarize/extension'
import { visibleObjects } from '../visible'
import { clusterRows, identityWithFreshness } from './cluster-rows'

interface Found {
  readonly clusterId: string
  readonly name: string
  readonly summary: DefinitionSummary
}

const kindOf = ({ clusterId, name, summary }: Found): CustomKindRow => ({
  clusterId,
  definition: name,
  kind: summary.kind,
  group: summary.group,
  plural: summary.plural,
  singular: summary.singular,
  shortNames: summary.shortNames,
  namespaced: summary.scope === 'Namespaced',
})

/** What the definitions of all clusters define, from what the watchers saw: words are looked up without asking anybody. */
export const customKinds = (db: InventoryDb) =>
  room<InventoryDb>(db).query('custom.kinds', {
    scope: { kind: 'any' },
    run: async (context, { clusters, search, limit }): Promise<CustomKindList> => {
      const all = Prisma.sql`TRUE`
      const among = clusters.length === 0 ? all : Prisma.sql`o."clusterId" = ANY(${clusters}::uuid[])`
      const named =
        search === undefined || search === ''
          ? all
          : Prisma.sql`(o.name ILIKE ${likePattern(search)} OR o.summary->>'kind' ILIKE ${likePattern(search)})`
      const [found, rows] = await Promise.all([
        context.db.$queryRaw<Found[]>(Prisma.sql`
          SELECT o."clusterId", o.name, o.summary FROM inventory_objects o
          WHERE o.kind = 'CustomResourceDefinition' AND ${among} AND ${named} AND ${visibleObjects(context.actor)}
          ORDER BY o.name COLLATE "C", o."clusterId" LIMIT ${limit}`),
        clusterRows(context.db, context.actor, clusters),
      ])
      return {
        kinds: found.map(kindOf),
        clusters: rows.map((row) => identityWithFreshness(row, context.now)),
      }
    },
  })

import type {
  ConvergenceRow,
  ConvergenceView,
  FleetChange,
  FleetChangesView,
} from '@fairlead/contracts/convergence'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { applicationOf } from '../application-label'
import { gapPattern } from '../episode-gap'
import { visibleObjects } from '../visible'
import { clusterRows, identitiesOf } from './cluster-rows'

const dayMs = 86_400_000
const hourMs = 3_600_000
const [mostRows, mostChanges] = [500, 100] as const

type Measured = Omit<ConvergenceRow, 'cluster'> & { readonly clusterId: string }

/** Episodes of workloads that the viewer sees and that are still there: others can't be said to be anybody's. */
export const fleetConvergence = (db: InventoryDb) =>
  room<InventoryDb>(db).query('fleet.convergence', {
    scope: { kind: 'any' },
    run: async (context, { days, by }): Promise<ConvergenceView> => {
      const since = new Date(context.now.getTime() - days * dayMs)
      const group =
        by === 'cluster'
          ? Prisma.sql`NULL::text`
          : Prisma.sql`coalesce(${applicationOf('o')}, o.namespace || '/' || o.name)`
      const [measured, clusters] = await Promise.all([
        context.db.$queryRaw<Measured[]>(Prisma.sql`
          WITH spans AS (SELECT ${group} AS application, e."clusterId", e."closedAt" IS NULL AS open,
              e.reason LIKE ${gapPattern} AS gap, extract(epoch FROM e."closedAt" - e."openedAt") * 1000 AS ms
            FROM episodes e JOIN inventory_objects o ON o."clusterId" = e."clusterId" AND o.uid = e."workloadUid"
            WHERE (e."closedAt" IS NULL OR e."closedAt" >= ${since}) AND ${visibleObjects(context.actor)}),
          grouped AS (SELECT application, "clusterId",
            (count(*) FILTER (WHERE NOT open AND NOT gap))::int AS episodes,
            percentile_cont(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY ms) FILTER (WHERE NOT open AND NOT gap) AS p,
            (max(ms) FILTER (WHERE NOT open AND NOT gap))::float8 AS "slowestMs",
            (count(*) FILTER (WHERE NOT open AND gap))::int AS unobserved, (count(*) FILTER (WHERE open))::int AS open
            FROM spans GROUP BY 1, 2)
          SELECT application, "clusterId", episodes, p[1]::float8 AS "p50Ms", p[2]::float8 AS "p90Ms",
            p[3]::float8 AS "p99Ms", "slowestMs", unobserved, open
          FROM grouped ORDER BY p[2] DESC NULLS LAST, application, "clusterId" LIMIT ${mostRows}`),
        clusterRows(context.db, context.actor),
      ])
      const identities = identitiesOf(clusters)
      return {
        days,
        rows: measured.flatMap(({ clusterId, ...row }) => {
          const cluster = identities.get(clusterId)
          return cluster === undefined ? [] : [{ ...row, cluster }]
        }),
      }
    },
  })

interface Changed extends Omit<FleetChange, 'cluster' | 'openedAt' | 'closedAt'> {
  readonly clusterId: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly total: number
}

export const fleetChanges = (db: InventoryDb) =>
  room<InventoryDb>(db).query('fleet.changes', {
    scope: { kind: 'any' },
    run: async (context): Promise<FleetChangesView> => {
      const since = new Date(context.now.getTime() - hourMs)
      const [changed, clusters] = await Promise.all([
        context.db.$queryRaw<Changed[]>(Prisma.sql`
          SELECT e."clusterId", o.kind, o.namespace, o.name, ${applicationOf('o')} AS application, e.reason, e."openedAt",
            e."closedAt", (count(*) OVER ())::int AS total
          FROM episodes e JOIN inventory_objects o ON o."clusterId" = e."clusterId" AND o.uid = e."workloadUid"
          WHERE e."openedAt" >= ${since} AND ${visibleObjects(context.actor)}
          ORDER BY e."openedAt" DESC, o.name LIMIT ${mostChanges}`),
        clusterRows(context.db, context.actor),
      ])
      const identities = identitiesOf(clusters)
      return {
        total: changed[0]?.total ?? 0,
        changes: changed.flatMap(({ clusterId, total: _, openedAt, closedAt, ...row }) => {
          const cluster = identities.get(clusterId)
          if (cluster === undefined) return []
          const times = { openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null }
          return [{ ...row, ...times, cluster }]
        }),
      }
    },
  })

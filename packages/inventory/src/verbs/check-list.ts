import type { CheckName, CheckSeverity, FindingsView, FindingView } from '@fairlead/contracts/checks'
import { workloadKinds } from '@fairlead/contracts/kinds'
import type { ParsedOf } from '@fairlead/contracts/surface'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { likePattern } from '../like-pattern'
import { visibleObjects } from '../visible'
import { clusterRows, identitiesOf } from './cluster-rows'

type Sql = ReturnType<typeof Prisma.sql>
type Reader = Pick<InventoryDb, '$queryRaw'>
interface Asking {
  readonly actor: Actor
  readonly now: Date
}

/** The waiver that holds for the finding `o` now, the one that lasts longest. */
const waiverOf = (
  now: Date,
): Sql => Prisma.sql`LEFT JOIN LATERAL (SELECT w.id, w.reason, w."byName", w."createdAt",
    w."expiresAt" FROM check_waivers w
  WHERE w."clusterId" = o."clusterId" AND w.namespace = o.namespace AND w.kind = o.kind AND w.name = o.name
    AND w."check" = o."check" AND w."withdrawnAt" IS NULL AND w."expiresAt" > ${now}
  ORDER BY w."expiresAt" DESC LIMIT 1) w ON TRUE`

/** Projects of the viewer that cover a finding's namespace. */
function projectsOf(actor: Actor): Sql {
  const projects = projectsWith(actor, 'project.view')
  const among = projects === 'all' ? Prisma.sql`TRUE` : Prisma.sql`p.id = ANY(${projects}::uuid[])`
  return Prisma.sql`SELECT DISTINCT p.name FROM destinations d JOIN projects p ON p.id = d."projectId"
    WHERE d."clusterId" = o."clusterId" AND d.namespace IN ('*', o.namespace) AND ${among}`
}

function filterOf(actor: Actor, input: ParsedOf<'check.list'>): Sql {
  const { severity, check, cluster, project, search, waived } = input
  const all = Prisma.sql`TRUE`
  const text = search === undefined || search === '' ? null : likePattern(search)
  return Prisma.sql`${waived ? Prisma.sql`w.id IS NOT NULL` : Prisma.sql`w.id IS NULL`}
    AND ${severity === undefined ? all : Prisma.sql`o.severity = ${severity}`}
    AND ${check === undefined ? all : Prisma.sql`o."check" = ${check}`}
    AND ${cluster === undefined ? all : Prisma.sql`c.name = ${cluster}`}
    AND ${project === undefined ? all : Prisma.sql`${project} IN (${projectsOf(actor)})`}
    AND ${text === null ? all : Prisma.sql`(o.namespace || '/' || o.name ILIKE ${text} OR o.application ILIKE ${text})`}`
}

interface Row {
  readonly clusterId: string
  readonly workloadUid: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  readonly projects: readonly string[]
  readonly check: string
  readonly severity: string
  readonly message: string
  readonly since: Date
  readonly waiver: string | null
  readonly reason: string | null
  readonly byName: string | null
  readonly waivedAt: Date | null
  readonly expiresAt: Date | null
  readonly total: number
}

const severityRank = Prisma.sql`array_position(ARRAY['critical', 'warning', 'advice'], o.severity)`

const findingsOf = (db: Reader, asking: Asking, input: ParsedOf<'check.list'>): Promise<Row[]> =>
  db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o."clusterId", o."workloadUid", o.kind, o.namespace, o.name, o.application, o."check", o.severity, o.message,
      o.since, ARRAY(${projectsOf(asking.actor)}) AS projects, w.id AS waiver, w.reason, w."byName",
      w."createdAt" AS "waivedAt", w."expiresAt", (count(*) OVER ())::int AS total
    FROM readiness_findings o JOIN clusters c ON c.id = o."clusterId" ${waiverOf(asking.now)}
    WHERE ${visibleObjects(asking.actor)} AND ${filterOf(asking.actor, input)}
    ORDER BY ${severityRank}, c.name, o.namespace, o.name, o."check" LIMIT ${input.limit}`)

type Counts = { readonly of: string; readonly key: string; readonly count: number }[]

/** What the filters choose among: all that stands, by each of them, in one pass. */
const countsOf = (db: Reader, { actor, now }: Asking): Promise<Counts> =>
  db.$queryRaw<Counts>(Prisma.sql`
    WITH standing AS (SELECT o.severity, o."check", c.name AS cluster, o."clusterId", o.namespace, w.id IS NOT NULL AS waived
      FROM readiness_findings o JOIN clusters c ON c.id = o."clusterId" ${waiverOf(now)}
      WHERE ${visibleObjects(actor)}),
    places AS (SELECT "clusterId", namespace, count(*)::int AS count FROM standing WHERE NOT waived GROUP BY 1, 2)
    SELECT 'severity' AS of, severity AS key, count(*)::int AS count FROM standing WHERE NOT waived GROUP BY 2
    UNION ALL SELECT 'check', "check", count(*)::int FROM standing WHERE NOT waived GROUP BY 2
    UNION ALL SELECT 'cluster', cluster, count(*)::int FROM standing WHERE NOT waived GROUP BY 2
    UNION ALL SELECT 'waived', 'waived', count(*)::int FROM standing WHERE waived
    UNION ALL SELECT 'project', p.name, sum(o.count)::int FROM places o
      CROSS JOIN LATERAL (${projectsOf(actor)}) p GROUP BY 2
    ORDER BY 3 DESC, 2`)

async function workloadsOf(
  db: Reader,
  { actor, now }: Asking,
): Promise<{ workloads: number; ready: number }> {
  const [row] = await db.$queryRaw<{ workloads: number; ready: number }[]>(Prisma.sql`
    WITH failing AS (SELECT DISTINCT o."clusterId", o."workloadUid" FROM readiness_findings o ${waiverOf(now)}
      WHERE w.id IS NULL)
    SELECT count(*)::int AS workloads, (count(*) FILTER (WHERE f."workloadUid" IS NULL))::int AS ready
    FROM inventory_objects o LEFT JOIN failing f ON f."clusterId" = o."clusterId" AND f."workloadUid" = o.uid
    WHERE o.kind = ANY(${[...workloadKinds]}) AND o."ownerUid" IS NULL AND ${visibleObjects(actor)}`)
  return row ?? { workloads: 0, ready: 0 }
}

function viewOf(row: Row, cluster: FindingView['cluster']): FindingView {
  const { workloadUid, kind, namespace, name, application, projects, message } = row
  return {
    cluster,
    workloadUid,
    kind,
    namespace,
    name,
    application,
    projects: [...projects].sort(),
    check: row.check as CheckName,
    severity: row.severity as CheckSeverity,
    message,
    since: row.since.toISOString(),
    waiver:
      row.waiver === null
        ? null
        : {
            id: row.waiver,
            reason: row.reason ?? '',
            by: row.byName ?? '',
            createdAt: row.waivedAt?.toISOString() ?? '',
            expiresAt: row.expiresAt?.toISOString() ?? '',
          },
  }
}

export const checkList = (db: InventoryDb) =>
  room<InventoryDb>(db).query('check.list', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<FindingsView> => {
      const [rows, counts, workloads, clusters] = await Promise.all([
        findingsOf(context.db, context, input),
        countsOf(context.db, context),
        workloadsOf(context.db, context),
        clusterRows(context.db, context.actor),
      ])
      const identities = identitiesOf(clusters)
      const by = (of: string) =>
        counts.filter((each) => each.of === of).map(({ key, count }) => ({ key, count }))
      return {
        findings: rows.flatMap((row) => {
          const cluster = identities.get(row.clusterId)
          return cluster === undefined ? [] : [viewOf(row, cluster)]
        }),
        total: rows[0]?.total ?? 0,
        bySeverity: by('severity'),
        byCheck: by('check'),
        byCluster: by('cluster'),
        byProject: by('project'),
        waived: by('waived')[0]?.count ?? 0,
        ...workloads,
      }
    },
  })

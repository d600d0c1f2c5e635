import type { UpgradeCheck, UpgradeView } from '@fairlead/contracts/upgrade'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { upgradeReadiness } from '@fairlead/insight/upgrade/readiness'
import { nextOf } from '@fairlead/insight/upgrade/versions'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { storedInsights } from '../eks-insights'
import { storedFacts } from '../stored-facts'
import { loadVisibility, visibleObjects, type Visibility } from '../visible'
import { findCluster } from './find-cluster'

type Reader = Pick<InventoryDb, '$queryRaw'>
const mostShown = 200
const clusterSelect = { version: true, credential: { select: { kind: true } } } as const

const nodesOf = (db: Reader, clusterId: string) =>
  db.$queryRaw<{ name: string; version: string }[]>(Prisma.sql`
    SELECT o.name, coalesce(o.cells->>'Version', '') AS version FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = 'Node' ORDER BY o.name`)

const singlesOf = (db: Reader, actor: Actor, clusterId: string) =>
  db.$queryRaw<{ kind: string; namespace: string; name: string }[]>(Prisma.sql`
    SELECT o.kind, o.namespace, o.name FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind IN ('Deployment', 'StatefulSet')
      AND o."ownerUid" IS NULL AND (o.verdict#>>'{replicas,desired}')::int = 1 AND ${visibleObjects(actor)}
    ORDER BY o.namespace, o.name`)

/** States are of the whole cluster; names in namespaces that the viewer may not see stay unsaid. */
function visiblePart(check: UpgradeCheck, clusterId: string, visibility: Visibility): UpgradeCheck {
  const seen = check.evidence.filter(
    ({ namespace }) => namespace === null || visibility.sees(clusterId, namespace),
  )
  return { ...check, evidence: seen.slice(0, mostShown) }
}

export const clusterUpgrade = (db: InventoryDb) =>
  room<InventoryDb>(db).query('cluster.upgrade', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<UpgradeView> => {
      const { id, name } = await findCluster(context.db, context.actor, input)
      const [stored, visibility, cluster, nodes, singles, insights] = await Promise.all([
        storedFacts(context.db, id),
        loadVisibility(context.db, context.actor),
        context.db.cluster.findUniqueOrThrow({ where: { id }, select: clusterSelect }),
        nodesOf(context.db, id),
        singlesOf(context.db, context.actor, id),
        storedInsights(context.db, id),
      ])
      const { version } = cluster
      const { checks, state } = upgradeReadiness({
        facts: stored?.facts ?? null,
        version,
        nodes,
        singles,
        eks: cluster.credential?.kind === 'eks' ? insights : 'none',
        now: context.now,
      })
      return {
        cluster: { id, name },
        version,
        next: nextOf(version),
        checks: checks.map((check) => visiblePart(check, id, visibility)),
        state,
        at: stored?.at.toISOString() ?? null,
      }
    },
  })

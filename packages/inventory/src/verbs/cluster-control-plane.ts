import type { ControlPlaneEvidence, ControlPlaneView } from '@fairlead/contracts/control-plane'
import type { InventoryDb } from '@fairlead/db/views'
import { believed } from '@fairlead/insight/control-plane/believed'
import { impactsOf } from '@fairlead/insight/control-plane/impact'
import { room } from '@fairlead/kernel/door'
import { clusterSight } from '../cluster-sight'
import { findCluster } from './find-cluster'

/** Rows of watchers before this one have no signals. */
export const storedEvidence = (stored: unknown, now: Date): readonly ControlPlaneEvidence[] =>
  believed(
    (stored as readonly ControlPlaneEvidence[]).map((row) => ({ ...row, signals: row.signals ?? [] })),
    now,
  )

const silentNodes = (evidence: readonly ControlPlaneEvidence[]): string[] =>
  evidence
    .filter(({ component }) => component === 'kubelet')
    .flatMap(({ signals }) => signals.filter(({ state }) => state === 'failing').map(({ what }) => what))

/** From what the watcher last saw: a control plane that is down can't be asked, and this has to answer just then. */
export const clusterControlPlane = (db: InventoryDb) =>
  room<InventoryDb>(db).query('cluster.controlPlane', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<ControlPlaneView> => {
      const { id, name } = await findCluster(context.db, context.actor, input)
      const stored = await context.db.cluster.findUniqueOrThrow({
        where: { id },
        select: { controlPlane: true, lastSeenAt: true },
      })
      const evidence = storedEvidence(stored.controlPlane, context.now)
      const sight = await clusterSight(context.db, context, { clusterId: id, nodes: silentNodes(evidence) })
      return {
        cluster: { id, name },
        components: impactsOf(evidence, sight),
        seenAt: stored.lastSeenAt?.toISOString() ?? null,
      }
    },
  })

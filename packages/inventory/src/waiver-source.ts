import type { WaiverSource } from '@fairlead/contracts/stage-checks'
import type { InventoryDb } from '@fairlead/db/views'

/** Waivers of readiness checks for plans of rollouts; of several for one check the one that lasts longest comes last. */
export const waiverSource = (db: Pick<InventoryDb, 'checkWaiver'>): WaiverSource => ({
  waiversOf: async ({ clusterId, namespace, at }) => {
    const rows = await db.checkWaiver.findMany({
      where: { clusterId, namespace, withdrawnAt: null, expiresAt: { gt: at } },
      orderBy: { expiresAt: 'asc' },
    })
    return rows.map(({ kind, name, check, byName, reason, expiresAt }) => ({
      kind,
      name,
      check,
      by: byName,
      reason,
      until: expiresAt.toISOString(),
    }))
  },
})

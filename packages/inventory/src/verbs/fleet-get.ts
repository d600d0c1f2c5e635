import type { ClusterCard } from '@fairlead/contracts/cluster'
import type { InventoryDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { clusterCards } from './cluster-cards'
import { clusterRows } from './cluster-rows'

/** A card for a cluster that `fairlead up` has not registered yet; it has no id but its name. */
const provisionCard = (provision: {
  readonly name: string
  readonly step: string
  readonly message: string
  readonly percent: number | null
  readonly updatedAt: Date
}): ClusterCard => ({
  id: `provision:${provision.name}`,
  name: provision.name,
  environment: 'development',
  colour: 0,
  server: '',
  version: null,
  labels: {},
  freshness: { state: 'never_synced', lastSeenAt: null, message: provision.message },
  provisioning: { step: provision.step, message: provision.message, percent: provision.percent },
  nodes: { total: 0, ready: 0 },
  pods: { running: 0, pending: 0, failing: 0, completed: 0 },
  workloads: { converged: 0, converging: 0, degraded: 0 },
  capacity: { cpuAllocatable: 0, cpuRequested: 0, memoryAllocatable: 0, memoryRequested: 0 },
  registeredAt: provision.updatedAt.toISOString(),
})

export const fleetGet = (db: InventoryDb) =>
  room<InventoryDb>(db).query('fleet.get', {
    scope: { kind: 'any' },
    run: async (context) => {
      const rows = await clusterRows(context.db, context.actor)
      const cards = await clusterCards(context.db, context, rows)
      if (projectsWith(context.actor, 'inventory.view') !== 'all') return { clusters: cards }
      const names = new Set(cards.map((card) => card.name))
      const provisions = await context.db.clusterProvision.findMany({ orderBy: { name: 'asc' } })
      const coming = provisions.filter(({ name }) => !names.has(name)).map(provisionCard)
      return { clusters: [...cards, ...coming].sort((left, right) => (left.name < right.name ? -1 : 1)) }
    },
  })

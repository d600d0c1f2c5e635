/**
 * Clusters we know and objects we saw. Writing: apps/cluster-watcher holds a lease (lease.ts), turns objects into rows
 * (summarize/, pure) and stores them with their change rows in one transaction (ingest.ts); a lower epoch is refused.
 * Reading: verbs/ are the entries behind the door, visible.ts says in SQL what a person may see, object-rows.ts gives
 * the rows of lists and of live screens. connections.ts is the only opener of cluster credentials.
 */
import type { EntryName } from '@fairlead/contracts/surface'
import type { InventoryDb } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { Entries } from '@fairlead/kernel/door'
import type { ClusterConnections } from './connections'
import { checkList } from './verbs/check-list'
import { checkWaive, checkWithdraw } from './verbs/check-waive'
import { clusterActing, clusterSetActing } from './verbs/cluster-acting'
import { clusterCheck, clusterPreview } from './verbs/cluster-check'
import { clusterComplexity, clusterSetBudget } from './verbs/cluster-complexity'
import { clusterControlPlane } from './verbs/cluster-control-plane'
import { clusterGet } from './verbs/cluster-get'
import { clusterListEks } from './verbs/cluster-list-eks'
import { clusterRegister } from './verbs/cluster-register'
import { clusterRemove } from './verbs/cluster-remove'
import { clusterRotate } from './verbs/cluster-rotate'
import { clusterSetNamespaces } from './verbs/cluster-set-namespaces'
import { clusterUpgrade } from './verbs/cluster-upgrade'
import { customKinds } from './verbs/custom-kinds'
import { customList } from './verbs/custom-list'
import { customYaml } from './verbs/custom-yaml'
import { fleetCompare } from './verbs/fleet-compare'
import { fleetChanges, fleetConvergence } from './verbs/fleet-convergence'
import { fleetGet } from './verbs/fleet-get'
import { networkFindings } from './verbs/network-findings'
import { networkPathOf } from './verbs/network-path'
import { objectEvents } from './verbs/object-events'
import { objectList } from './verbs/object-list'
import { objectYaml } from './verbs/object-yaml'
import { podWhy } from './verbs/pod-why'
import { workloadGet } from './verbs/workload-get'
import { workloadLogs } from './verbs/workload-logs'
import { workloadTimeline } from './verbs/workload-timeline'
import { workloadUsage } from './verbs/workload-usage'

export interface InventoryDeps {
  readonly db: InventoryDb
  readonly cipher: Cipher
  readonly connections: ClusterConnections
}

export const inventoryEntryNames = [
  'fleet.get',
  'fleet.convergence',
  'fleet.changes',
  'fleet.compare',
  'cluster.get',
  'cluster.controlPlane',
  'cluster.complexity',
  'cluster.setBudget',
  'cluster.upgrade',
  'cluster.acting',
  'cluster.setActing',
  'cluster.check',
  'cluster.preview',
  'cluster.listEks',
  'cluster.register',
  'cluster.rotate',
  'cluster.setNamespaces',
  'cluster.remove',
  'check.list',
  'check.waive',
  'check.withdraw',
  'object.list',
  'object.yaml',
  'object.events',
  'custom.kinds',
  'custom.list',
  'custom.yaml',
  'pod.why',
  'network.findings',
  'network.path',
  'workload.get',
  'workload.timeline',
  'workload.logs',
  'workload.usage',
] as const satisfies readonly EntryName[]
export type InventoryEntryName = (typeof inventoryEntryNames)[number]

/** Every entry of this room, for an application's composition root. */
export function inventoryEntries(deps: InventoryDeps): Entries<InventoryEntryName> {
  const { db, cipher, connections } = deps
  return {
    'fleet.get': fleetGet(db),
    'fleet.convergence': fleetConvergence(db),
    'fleet.changes': fleetChanges(db),
    'fleet.compare': fleetCompare(db, connections),
    'cluster.get': clusterGet(db),
    'cluster.controlPlane': clusterControlPlane(db),
    'cluster.complexity': clusterComplexity(db),
    'cluster.setBudget': clusterSetBudget(db),
    'cluster.upgrade': clusterUpgrade(db),
    'cluster.acting': clusterActing(db, connections),
    'cluster.setActing': clusterSetActing(db, connections),
    'cluster.check': clusterCheck(db, connections),
    'cluster.preview': clusterPreview(db, connections),
    'cluster.listEks': clusterListEks(db, connections),
    'cluster.register': clusterRegister(db, cipher, connections),
    'cluster.rotate': clusterRotate(db, cipher, connections),
    'cluster.setNamespaces': clusterSetNamespaces(db, connections),
    'cluster.remove': clusterRemove(db),
    'check.list': checkList(db),
    'check.waive': checkWaive(db),
    'check.withdraw': checkWithdraw(db),
    'object.list': objectList(db),
    'object.yaml': objectYaml(db, connections),
    'object.events': objectEvents(db),
    'custom.kinds': customKinds(db),
    'custom.list': customList(db, connections),
    'custom.yaml': customYaml(db, connections),
    'pod.why': podWhy(db, connections),
    'network.findings': networkFindings(db),
    'network.path': networkPathOf(db, connections),
    'workload.get': workloadGet(db),
    'workload.timeline': workloadTimeline(db),
    'workload.logs': workloadLogs(db, connections),
    'workload.usage': workloadUsage(db),
  }
}

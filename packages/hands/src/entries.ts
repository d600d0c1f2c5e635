/**
 * What people do to a cluster by hand: scale, restart, edit, delete, cordon, drain. Each verb names the object for the audit
 * log (verbs/hand-target.ts), asks for its right where the object lies (verbs/scope-of-place.ts), and changes it through
 * the API server under one field manager, so that a rollout knows what was done by hand and takes it back.
 * The cluster is asked in the name that its owner chose, the person's or Fairlead's (clientFor); verbs/acted-as.ts notes it.
 * A shell is leave to open one terminal (shell/ticket.ts), which shell/open-terminal.ts then attends.
 * A freeze window is asked by the way to every object (verbs/hand-target.ts, verbs/assert-open.ts); a shell is no change.
 * A drain is an intent in Postgres: drain/reconcile.ts observes, plans (pure), evicts and records until it is done.
 * Decision: the cluster is changed in `prepare` and audited in the transaction right after; a process that is killed in
 * between leaves its trace in the API server's own audit log alone. A change violates this when it does anything
 * between the two.
 */
import type { EntryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import { explainedClients } from './explained-clients'
import type { HandsDeps } from './hands-deps'
import { nodeCancelDrain } from './verbs/node-cancel-drain'
import { nodeCordon, nodeUncordon } from './verbs/node-cordon'
import { nodeDrain } from './verbs/node-drain'
import { nodeDrains } from './verbs/node-drains'
import { nodePlanDrain } from './verbs/node-plan-drain'
import { podOpenShell } from './verbs/pod-open-shell'
import { objectDelete } from './verbs/object-delete'
import { objectEdit } from './verbs/object-edit'
import { objectPlanEdit } from './verbs/object-plan-edit'
import { workloadRestart } from './verbs/workload-restart'
import { workloadScale } from './verbs/workload-scale'

export const handsEntryNames = [
  'workload.scale',
  'workload.restart',
  'object.delete',
  'object.planEdit',
  'object.edit',
  'pod.openShell',
  'node.cordon',
  'node.uncordon',
  'node.planDrain',
  'node.drain',
  'node.cancelDrain',
  'node.drains',
] as const satisfies readonly EntryName[]
export type HandsEntryName = (typeof handsEntryNames)[number]

/** Every entry of this room, for an application's composition root. */
export function handsEntries({ db, clusters, freeze }: HandsDeps): Entries<HandsEntryName> {
  const deps: HandsDeps = { db, clusters: explainedClients(clusters), freeze }
  return {
    'workload.scale': workloadScale(deps),
    'workload.restart': workloadRestart(deps),
    'object.delete': objectDelete(deps),
    'object.planEdit': objectPlanEdit(deps),
    'object.edit': objectEdit(deps),
    'pod.openShell': podOpenShell(deps),
    'node.cordon': nodeCordon(deps),
    'node.uncordon': nodeUncordon(deps),
    'node.planDrain': nodePlanDrain(deps),
    'node.drain': nodeDrain(deps),
    'node.cancelDrain': nodeCancelDrain(deps),
    'node.drains': nodeDrains(deps),
  }
}

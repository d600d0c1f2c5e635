/**
 * WORKLOAD ORCHESTRATION: what should run where. verbs/ are its doors, views/ what screens see, manifest/ the pure
 * handling of what people wrote, plan/ what a release would do to its targets, trial/ a release beside another, and
 * rollout/ the engine: rollout/reconcile = observe → plan (pure) → act → record.
 */
import type { EntryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import { abort } from './verbs/abort'
import { applyApplication } from './verbs/apply-application'
import { approve } from './verbs/approve'
import { cancel } from './verbs/cancel'
import { deploy } from './verbs/deploy'
import { halt } from './verbs/halt'
import { getDrift } from './verbs/get-drift'
import { promote } from './verbs/promote'
import { putBack } from './verbs/put-back'
import { getActivity } from './verbs/get-activity'
import { getApplication } from './verbs/get-application'
import { getRollout } from './verbs/get-rollout'
import { getSchema } from './verbs/get-schema'
import { liftHold } from './verbs/lift-hold'
import { listApplications } from './verbs/list-applications'
import { listApprovals } from './verbs/list-approvals'
import { listRollouts } from './verbs/list-rollouts'
import { manifests } from './verbs/manifests'
import { pause } from './verbs/pause'
import { plan } from './verbs/plan'
import { reject } from './verbs/reject'
import { resume } from './verbs/resume'
import { listRepositories, removeRepository, setRepository } from './verbs/repositories'
import { rollback } from './verbs/rollback'
import { getSource, lookAtSource } from './verbs/source'
import { rollbackWaves } from './verbs/rollback-waves'
import { setSourceHook, sourceHook } from './verbs/source-hook'
import type { WorkloadDeps } from './workload-deps'

export const workloadEntryNames = [
  'application.list',
  'application.get',
  'application.schema',
  'application.apply',
  'drift.get',
  'drift.putBack',
  'source.get',
  'source.look',
  'source.setHook',
  'source.hook',
  'repository.list',
  'repository.set',
  'repository.remove',
  'rollout.plan',
  'rollout.deploy',
  'rollout.list',
  'rollout.get',
  'rollout.manifests',
  'rollout.approve',
  'rollout.reject',
  'rollout.pause',
  'rollout.resume',
  'rollout.promote',
  'rollout.abort',
  'rollout.cancel',
  'rollout.halt',
  'rollout.rollbackWaves',
  'rollout.rollback',
  'rollout.liftHold',
  'approval.list',
  'activity.get',
] as const satisfies readonly EntryName[]
export type WorkloadEntryName = (typeof workloadEntryNames)[number]

/** Every entry of this room, for the console's composition root. */
export const workloadEntries = (deps: WorkloadDeps): Entries<WorkloadEntryName> => ({
  'application.list': listApplications(deps),
  'application.get': getApplication(deps),
  'application.schema': getSchema(deps),
  'application.apply': applyApplication(deps),
  'drift.get': getDrift(deps),
  'drift.putBack': putBack(deps),
  'source.get': getSource(deps),
  'source.look': lookAtSource(deps),
  'source.setHook': setSourceHook(deps),
  'source.hook': sourceHook(deps),
  'repository.list': listRepositories(deps),
  'repository.set': setRepository(deps),
  'repository.remove': removeRepository(deps),
  'rollout.plan': plan(deps),
  'rollout.deploy': deploy(deps),
  'rollout.list': listRollouts(deps),
  'rollout.get': getRollout(deps),
  'rollout.manifests': manifests(deps),
  'rollout.approve': approve(deps),
  'rollout.reject': reject(deps),
  'rollout.pause': pause(deps),
  'rollout.resume': resume(deps),
  'rollout.promote': promote(deps),
  'rollout.abort': abort(deps),
  'rollout.cancel': cancel(deps),
  'rollout.halt': halt(deps),
  'rollout.rollbackWaves': rollbackWaves(deps),
  'rollout.rollback': rollback(deps),
  'rollout.liftHold': liftHold(deps),
  'approval.list': listApprovals(deps),
  'activity.get': getActivity(deps),
})

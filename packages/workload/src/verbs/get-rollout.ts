import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import { rolloutView } from '../views/rollout-view'
import type { WorkloadDeps } from '../workload-deps'

export const getRollout = (deps: WorkloadDeps) =>
  room<WorkloadDb>(deps.db).query('rollout.get', {
    scope: rolloutScope,
    run: (context, input) => rolloutView(deps, context, input.rollout),
  })

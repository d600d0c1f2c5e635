import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { projectOfRollout } from '../application/find-application'
import { rolloutView } from '../views/rollout-view'
import type { WorkloadDeps } from '../workload-deps'

export const getRollout = (deps: WorkloadDeps) =>
  room<WorkloadDb>(deps.db).query('rollout.get', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: await projectOfRollout(context, input.rollout),
    }),
    run: (context, input) => rolloutView(deps, context, input.rollout),
  })

import { room } from '@fairlead/kernel/door'
import type { WorkloadDb } from '@fairlead/db/views'
import { rolloutScope } from '../application/find-application'
import type { WorkloadDeps } from '../workload-deps'
import { decidedStage, writeDecision } from './decided-stage'

/** Binds to the digest that the approver saw; the reconciler counts, and checks every right again before it applies. */
export const approve = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.approve', {
    scope: rolloutScope,
    run: async (context, input) => {
      const decided = await decidedStage(context, 'approve', input)
      await writeDecision(context, decided, 'approved', input.reason)
      context.ring({ doorbell: 'rollout', key: input.rollout })
      return { done: true }
    },
  })

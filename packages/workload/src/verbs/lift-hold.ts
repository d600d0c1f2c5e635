import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import type { WorkloadDeps } from '../workload-deps'

export const liftHold = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.liftHold', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: (context, input) => findApplication(context, input),
    run: async (context, input, application) => {
      context.subject({ kind: 'application', id: application.id, name: application.name })
      context.note({ stage: input.stage, reason: input.reason })
      const lifted = await context.tx.stage.updateMany({
        where: { applicationId: application.id, name: input.stage, holdReason: { not: null } },
        data: { holdReason: null, holdSince: null, holdExpiresAt: null },
      })
      if (lifted.count === 0) throw new FairleadError('conflict', `Stage ${input.stage} is not on hold.`)
      context.change({ topic: 'application', key: application.id, projectId: application.projectId })
      return { done: true }
    },
  })

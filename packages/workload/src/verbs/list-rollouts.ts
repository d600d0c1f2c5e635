import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { visibleProjects } from '../application/find-application'
import { openRolloutStates } from '../rollout/end-rollout'
import { rolloutSummaries, summaryColumns } from '../views/rollout-summary'
import type { WorkloadDeps } from '../workload-deps'

export const listRollouts = ({ db }: Pick<WorkloadDeps, 'db'>) =>
  room<WorkloadDb>(db).query('rollout.list', {
    scope: { kind: 'any' },
    run: async ({ actor }, input) => {
      const project =
        input.project === undefined
          ? undefined
          : await db.project.findUnique({ where: { name: input.project } })
      if (project === null) return []
      const rows = await db.rollout.findMany({
        where: {
          application: {
            AND: [
              visibleProjects(actor),
              project === undefined ? {} : { projectId: project.id },
              input.application === undefined ? {} : { name: input.application },
            ],
          },
          ...(input.active ? { state: { in: openRolloutStates } } : {}),
        },
        orderBy: { createdAt: 'desc' },
        take: input.limit,
        select: summaryColumns,
      })
      return rolloutSummaries(db, rows)
    },
  })

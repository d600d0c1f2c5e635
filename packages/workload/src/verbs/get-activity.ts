import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { visibleProjects } from '../application/find-application'
import { openRolloutStates } from '../rollout/end-rollout'
import { approvalItems } from '../views/approval-items'
import { rolloutSummaries, summaryColumns } from '../views/rollout-summary'
import type { WorkloadDeps } from '../workload-deps'

const spanMs = 60 * 60 * 1000

/** What moves or moved in the last hour, and what waits for this very person. */
export const getActivity = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('activity.get', {
    scope: { kind: 'any' },
    run: async ({ actor, now }) => {
      const since = new Date(now.getTime() - spanMs)
      const rows = await db.rollout.findMany({
        where: {
          application: visibleProjects(actor),
          OR: [
            { createdAt: { gte: since } },
            { finishedAt: { gte: since } },
            { state: { in: openRolloutStates } },
          ],
        },
        orderBy: { createdAt: 'desc' },
        take: 100,
        select: summaryColumns,
      })
      const items = await approvalItems(db, actor)
      return {
        rollouts: await rolloutSummaries(db, rows),
        waitingForMe: items
          .filter(({ requirement }) => requirement.mine.passed)
          .map(({ rollout, stage, requestedAt }) => ({ rollout, stage, requestedAt })),
      }
    },
  })

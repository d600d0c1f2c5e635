import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { visibleProjects } from '../application/find-application'
import { applicationSummaries } from '../views/application-view'
import type { WorkloadDeps } from '../workload-deps'

export const listApplications = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('application.list', {
    scope: { kind: 'any' },
    run: async ({ actor, now }) => {
      const rows = await db.application.findMany({
        where: visibleProjects(actor),
        orderBy: { name: 'asc' },
        include: { stages: true },
        take: 1_000,
      })
      return applicationSummaries(db, rows, now)
    },
  })

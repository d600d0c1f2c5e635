import type { WorkflowDb } from '@fairlead/db/views'
import { FairleadError } from '@fairlead/contracts/errors'
import { room } from '@fairlead/kernel/door'
import { comingRuns } from '../calendar/coming-runs'
import type { VerbDeps } from '../workflow-deps'
import { visibleProjects } from './find'

const maxDays = 92
const dayMs = 24 * 3_600_000

/** Nominal times that schedules mean; paused ones mean none. */
export const getCalendar = ({ db, outlines }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.calendar', {
    scope: { kind: 'any' },
    run: async ({ actor }, input) => {
      const [from, to] = [new Date(input.from), new Date(input.to)]
      if (to.getTime() - from.getTime() > maxDays * dayMs)
        throw new FairleadError('invalid', `A calendar shows at most ${maxDays} days.`, { path: 'to' })
      const workflows = await db.workflow.findMany({
        where: {
          ...visibleProjects(actor),
          paused: false,
          versionId: { not: null },
          scheduleAt: { not: null },
        },
        select: { name: true, projectId: true, versionId: true },
      })
      const known = await outlines.of(workflows.flatMap(({ versionId }) => versionId ?? []))
      const projects = await db.project.findMany({
        where: { id: { in: [...new Set(workflows.map(({ projectId }) => projectId))] } },
        select: { id: true, name: true },
      })
      const names = new Map(projects.map(({ id, name }) => [id, name]))
      return comingRuns(
        workflows.map(({ name, projectId, versionId }) => ({
          workflow: name,
          project: names.get(projectId) ?? '',
          schedule: known.get(versionId ?? '')?.schedule ?? null,
        })),
        from,
        to,
      )
    },
  })

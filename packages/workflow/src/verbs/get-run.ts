import type { RunView } from '@fairlead/contracts/workflow'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { expectedPath, forecastEnd } from '../forecast/critical-path'
import { medianDurations } from '../forecast/median-durations'
import { graphOf } from '../views/graph-task'
import { runSummaries } from '../views/run-summary'
import { runTask, runTaskColumns } from '../views/run-task'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'
import { mayAct, shown } from './run-action'

const maxEntries = 500

export const getRun = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.get', {
    scope: ofRun,
    run: async ({ actor, now }, input): Promise<RunView> => {
      const run = await db.workflowRun.findUnique({
        where: { id: input.run },
        select: {
          projectId: true,
          workflowId: true,
          versionId: true,
          state: true,
          parameters: true,
          deadlineAt: true,
          deadlineMissedAt: true,
          startedAt: true,
          finishedAt: true,
        },
      })
      if (run === null) throw notFound('run')
      const open = !runStates[run.state as RunState].terminal
      const [[summary], rows, entries, { compiled }, medianMsByTask] = await Promise.all([
        runSummaries(db, Prisma.sql`r.id = ${input.run}::uuid`, 1),
        db.workflowTask.findMany({
          where: { runId: input.run, index: -1 },
          orderBy: { position: 'asc' },
          select: runTaskColumns,
        }),
        db.workflowEntry.findMany({
          where: { runId: input.run },
          orderBy: { id: 'desc' },
          take: maxEntries,
        }),
        versions.compiledOf(run.versionId),
        open ? medianDurations(db, run.workflowId) : new Map<string, number>(),
      ])
      if (summary === undefined) throw notFound('run')
      const graph = graphOf(compiled)
      const tasks = rows.map(runTask)
      const forecast = { graph, tasks, medianMsByTask, startedAt: run.startedAt, now }
      const facts = { projectId: run.projectId, state: run.state as RunState }
      return {
        ...summary,
        parameters: run.parameters as Readonly<Record<string, unknown>>,
        graph,
        tasks,
        deadline: deadlineOf(run, now, forecastEnd(forecast)),
        criticalPath: expectedPath(forecast),
        actions: {
          cancel: shown(mayAct('cancel', facts, actor)),
          clear: shown(mayAct('clear', facts, actor)),
        },
        timeline: entries.toReversed().map(({ at, taskId, index, kind, message }) => ({
          at: at.toISOString(),
          task: taskId,
          index,
          kind,
          message,
        })),
      }
    },
  })

interface DeadlineColumns {
  readonly deadlineAt: Date | null
  readonly deadlineMissedAt: Date | null
  readonly finishedAt: Date | null
}

function deadlineOf(
  { deadlineAt, deadlineMissedAt, finishedAt }: DeadlineColumns,
  now: Date,
  forecast: Date | null,
): RunView['deadline'] {
  if (deadlineAt === null) return null
  const missed = deadlineMissedAt !== null || (finishedAt ?? now) > deadlineAt
  return { at: deadlineAt.toISOString(), missed, forecastAt: forecast?.toISOString() ?? null }
}

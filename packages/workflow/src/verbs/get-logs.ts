import { messageOf } from '@fairlead/contracts/errors'
import type { TaskLogs } from '@fairlead/contracts/workflow'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { logsOf } from '../views/attempt-view'
import { archivedLines, logCursor, logPlace, type LogPlace } from '../views/log-lines'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'

const nothing = (missing: string): TaskLogs => ({ lines: [], cursor: null, archived: false, missing })

/** Live from where the attempt runs until they are archived, then from here: a cursor of one goes on in the other. */
export const getLogs = ({ db, runner }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.logs', {
    scope: ofRun,
    run: async (_context, input): Promise<TaskLogs> => {
      const attempt = await attemptOf(db, input)
      if (typeof attempt === 'string') return nothing(attempt)
      const place = logPlace(input.cursor)
      const archived = await db.workflowLog.findFirst({
        where: { attemptKey: attempt.key },
        select: { sequence: true },
      })
      const where = logsOf(attempt, archived !== null)
      if (where === 'archived') return fromArchive(db, attempt.key, place)
      if (where === 'none')
        return nothing(
          attempt.live ? 'The attempt is being created.' : 'Nothing was kept: the attempt left no logs.',
        )
      return fromRunner(runner, attempt, place)
    },
  })

async function attemptOf(db: WorkflowDb, input: ParsedOf<'run.logs'>) {
  const of = { runId: input.run, taskId: input.task, index: input.index }
  const attempt = await db.workflowAttempt.findFirst({
    where: { ...of, ...(input.attempt === undefined ? {} : { number: input.attempt }) },
    orderBy: { number: 'desc' },
    select: { key: true, cluster: true, state: true, live: true, upkeep: true },
  })
  if (attempt !== null) return attempt
  const task = await db.workflowTask.findUnique({
    where: { runId_taskId_index: of },
    select: { size: true },
  })
  if (task === null) throw notFound('task of this run')
  if (task.size !== null) return 'The task is a fan-out: each of its indexes has logs of its own.'
  return input.attempt === undefined
    ? 'The task has not been started.'
    : `The task has no attempt ${input.attempt}.`
}

async function fromRunner(
  runner: VerbDeps['runner'],
  attempt: { readonly key: string; readonly cluster: string },
  { given, cursor }: LogPlace,
): Promise<TaskLogs> {
  try {
    const page = await runner.logs(attempt.key, attempt.cluster, cursor)
    const next =
      page.cursor === null ? null : logCursor({ given: given + page.lines.length, cursor: page.cursor })
    return { lines: page.lines, cursor: next, archived: false, missing: null }
  } catch (error) {
    return { lines: [], cursor: logCursor({ given, cursor }), archived: false, missing: messageOf(error) }
  }
}

/** Whole: what is kept of one attempt is small. Lines that were given while they were live aren't given again. */
async function fromArchive(db: WorkflowDb, attemptKey: string, { given }: LogPlace): Promise<TaskLogs> {
  const chunks = await db.workflowLog.findMany({ where: { attemptKey }, orderBy: { sequence: 'asc' } })
  const lines = archivedLines(chunks.map(({ text }) => text).join(''))
  return { lines: lines.slice(given), cursor: null, archived: true, missing: null }
}

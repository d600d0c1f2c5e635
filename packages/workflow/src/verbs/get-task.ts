import type { TaskView } from '@fairlead/contracts/workflow'
import type { TaskState } from '@fairlead/contracts/workflow-states'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { attemptView } from '../views/attempt-view'
import { pendingApproval } from '../views/pending'
import { runTask } from '../views/run-task'
import { taskApproval } from '../views/task-approval'
import { whyLines } from '../views/why'
import type { VerbDeps } from '../workflow-deps'
import { approverRoles } from '../run/approver-roles'
import { ofRun } from './find'
import { whyFacts } from './why-facts'

const maxAttempts = 200

/** One task, or one index of a fan-out: what it did, what it gave, and why it isn't running. */
export const getTask = (deps: VerbDeps) =>
  room<WorkflowDb>(deps.db).query('run.task', {
    scope: ofRun,
    run: async (context, input): Promise<TaskView> => {
      const { db } = deps
      const of = { runId: input.run, taskId: input.task, index: input.index }
      const [row, whole, attempts] = await Promise.all([
        db.workflowTask.findUnique({ where: { runId_taskId_index: of } }),
        db.workflowTask.findUnique({ where: { runId_taskId_index: { ...of, index: -1 } } }),
        db.workflowAttempt.findMany({ where: of, orderBy: { number: 'desc' }, take: maxAttempts }),
      ])
      // Read last: a task that began, in a run that is still queued, was never so.
      const run = await db.workflowRun.findUnique({ where: { id: input.run } })
      if (run === null || row === null || whole === null) throw notFound('task of this run')
      const { compiled } = await deps.versions.compiledOf(run.versionId)
      const task = compiled.tasks.get(input.task)
      if (task === undefined) throw notFound('task of this run')
      const [states, archived, approval] = await Promise.all([
        db.workflowTask.findMany({
          where: { runId: input.run, index: -1, taskId: { in: [...task.needs] } },
          select: { taskId: true, state: true },
        }),
        archivedKeys(
          db,
          attempts.map(({ key }) => key),
        ),
        approvalOf(context, run, row),
      ])
      const byId = new Map(states.map(({ taskId, state }) => [taskId, state as TaskState]))
      const upstream = task.needs.flatMap((id) => {
        const state = byId.get(id)
        return state === undefined ? [] : [{ id, state }]
      })
      const scene = { run, row, whole, task, compiled, upstream, approval, attempt: attempts[0] ?? null }
      return {
        ...runTask(row),
        item: row.item,
        outputs: row.outputs,
        attemptList: attempts.map((attempt) => attemptView(attempt, archived.has(attempt.key))),
        approval,
        why: whyLines(await whyFacts(deps, scene, context.now)),
        upstream,
        trigger: task.trigger,
      }
    },
  })

async function archivedKeys(db: WorkflowDb, keys: string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.workflowLog.findMany({
    where: { attemptKey: { in: keys }, sequence: 0 },
    select: { attemptKey: true },
  })
  return new Set(rows.map(({ attemptKey }) => attemptKey))
}

async function approvalOf(
  { db, actor, now }: QueryContext<WorkflowDb>,
  {
    id,
    projectId,
    requesterId,
  }: { readonly id: string; readonly projectId: string; readonly requesterId: string },
  row: { readonly taskId: string; readonly index: number; readonly pending: unknown },
): Promise<TaskView['approval']> {
  const approval = pendingApproval(row.pending)
  if (approval === null) return null
  const given = await db.workflowApproval.findMany({
    where: { runId: id, taskId: row.taskId, index: row.index, digest: approval.digest },
    orderBy: { at: 'asc' },
  })
  const people = await approverRoles(
    db,
    given.map(({ userId }) => userId),
  )
  return taskApproval({ approval, projectId, requesterId, given, people, now }, actor)
}

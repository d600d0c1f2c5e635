import { openStates } from '@fairlead/contracts/workflow-states'
import type { WorkflowDb } from '@fairlead/db/views'
import type { CommandContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { Prisma } from '@fairlead/db/sql'
import { notificationsOf, queueMessages } from '../outbox/notifications'
import { openChildren } from '../run/cancel-children'
import { appendEntries } from '../run/run-entries'
import { wakeParent } from '../run/wake-others'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'
import { lockRun, runName, tellRun, type LockedRun } from './lock-run'
import { requireAction } from './run-action'

/**
 * Works in every state and at once: nothing more is started from the commit on, and the engine stops what runs, with the
 * runs that its tasks started. Asked twice, it is one. What hasn't begun needs no engine to be over, unless it began
 * before it was cleared and left such runs.
 */
export const cancelRun = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).command('run.cancel', {
    scope: ofRun,
    run: async (context, input) => {
      const run = await lockRun(context.tx, input.run)
      context.subject({ kind: 'run', id: run.id, name: runName(run) })
      const children = await openChildren(context.tx, run.id)
      context.note({ reason: input.reason, from: run.state, children: children.map(runName) })
      requireAction('cancel', run, context.actor)
      if (run.state === 'queued' && children.length === 0)
        await cancelQueued({ ...context, versions }, run, input.reason)
      else if (run.state !== 'cancelling') await cancelByEngine(context, run, input.reason)
      tellRun(context, run)
      return { done: true }
    },
  })

type Context = CommandContext<WorkflowDb>

async function cancelByEngine({ tx, now, actor }: Context, run: LockedRun, reason: string): Promise<void> {
  await tx.workflowRun.update({
    where: { id: run.id },
    data: {
      state: 'cancelling',
      reason: `Cancelled by ${actor.name}: ${reason}`,
      cancelReason: reason,
      cancelledBy: actor.name,
      checkAt: now,
      checkReason: 'It is being cancelled.',
    },
  })
  await appendEntries(tx, run.id, now, [
    { taskId: null, index: null, kind: 'cancelling', message: `Cancelled by ${actor.name}: ${reason}` },
  ])
}

async function cancelQueued(
  context: Context & Pick<VerbDeps, 'versions'>,
  run: LockedRun,
  reason: string,
): Promise<void> {
  const { tx, now, actor } = context
  const message = `Cancelled by ${actor.name} before it started: ${reason}`
  await tx.$executeRaw(Prisma.sql`
    UPDATE workflow_tasks SET state = 'cancelled', reason = 'The run was cancelled before it started.',
      dirty = FALSE, "nextAt" = NULL, "finishedAt" = ${now}
    WHERE "runId" = ${run.id}::uuid AND state = ANY(${openStates.task}::text[])`)
  await tx.workflowRun.update({
    where: { id: run.id },
    data: {
      state: 'cancelled',
      reason: message,
      cancelReason: reason,
      cancelledBy: actor.name,
      openTasks: 0,
      finishedAt: now,
      // A run that was cleared may have attempts that are still being stopped.
      checkAt: now,
      checkReason: '',
    },
  })
  await appendEntries(tx, run.id, now, [{ taskId: null, index: null, kind: 'cancelled', message }])
  await tellOthers(context, run, message)
  if (run.parentRunId === null) return
  for (const key of await wakeParent(tx, run.parentRunId)) context.ring({ doorbell: 'run', key })
}

async function tellOthers(
  { tx, now, versions }: Context & Pick<VerbDeps, 'versions'>,
  run: LockedRun,
  message: string,
): Promise<void> {
  const { compiled } = await versions.compiledOf(run.versionId)
  const { id, number, workflow } = run
  const news = {
    on: 'cancelled',
    message,
    run: { id, number, workflow, project: compiled.project, state: 'cancelled' },
    at: now,
  } as const
  const about = { projectId: run.projectId, runId: id, now }
  await queueMessages(tx, about, notificationsOf(compiled.document.spec.notify, news))
}

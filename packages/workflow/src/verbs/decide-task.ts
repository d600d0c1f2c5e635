import { FairleadError } from '@fairlead/contracts/errors'
import { runStates, taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import type { decideTaskSchema } from '@fairlead/contracts/workflow'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'
import type { z } from 'zod'
import { appendEntries } from '../run/run-entries'
import { pendingApproval, type PendingApproval } from '../views/pending'
import { approverRoles } from '../run/approver-roles'
import { lockRun, runName, tellRun, type LockedRun } from './lock-run'
import { mayDecide } from './may-decide'

type Context = CommandContext<WorkflowDb>
type Input = z.output<typeof decideTaskSchema>
type Word = 'approved' | 'rejected'

/** Binds to the digest that the person saw; the engine counts, and checks every right again before it goes on. */
export async function decideTask(context: Context, input: Input, decision: Word): Promise<void> {
  const run = await lockRun(context.tx, input.run)
  context.subject({ kind: 'run', id: run.id, name: runName(run) })
  context.note({ task: input.task, index: input.index, digest: input.digest, reason: input.reason, decision })
  const approval = await awaited(context, run, input)
  await refuseUnfit(context, run, approval)
  if (approval.digest !== input.digest)
    throw new FairleadError('stale', 'What is to be decided changed since you saw it; look at it again.', {
      path: 'digest',
      found: input.digest,
    })
  await write(context, input, decision)
  const of = { runId: input.run, taskId: input.task, index: input.index }
  await context.tx.workflowTask.updateMany({ where: of, data: { dirty: true } })
  await context.tx.workflowRun.update({ where: { id: run.id }, data: { checkAt: context.now } })
  await appendEntries(context.tx, run.id, context.now, [
    {
      taskId: input.task,
      index: input.index < 0 ? null : input.index,
      kind: decision,
      message: `${context.actor.name} ${decision} it: ${input.reason}`,
    },
  ])
  context.change({ topic: 'approval', key: run.id, projectId: run.projectId })
  tellRun(context, run)
}

async function awaited({ tx, now }: Context, run: LockedRun, input: Input): Promise<PendingApproval> {
  const task = await tx.workflowTask.findUnique({
    where: { runId_taskId_index: { runId: run.id, taskId: input.task, index: input.index } },
    select: { state: true, pending: true },
  })
  if (task === null) throw notFound('task of this run')
  if (run.state !== 'running')
    throw new FairleadError('conflict', `The run is ${runStates[run.state].word.toLowerCase()}.`)
  const approval = pendingApproval(task.pending)
  if (task.state !== 'awaiting_approval' || approval === null)
    throw new FairleadError(
      'conflict',
      `Task ${input.task} is not waiting for an approval: ${taskStates[task.state as TaskState].word.toLowerCase()}.`,
    )
  if (now.getTime() >= Date.parse(approval.expiresAt))
    throw new FairleadError('conflict', `The request expired at ${approval.expiresAt}.`)
  return approval
}

/** What the session says of roles may be old: rights are read again. */
async function refuseUnfit({ tx, actor }: Context, run: LockedRun, approval: PendingApproval): Promise<void> {
  const { projectId, requesterId } = run
  const decision = mayDecide(actor, { projectId, requesterId, approval })
  if (!decision.passed) throw new FairleadError('forbidden', decision.reason)
  const people = await approverRoles(tx, [actor.id])
  if (!people.holds(actor.id, projectId, approval.roles))
    throw new FairleadError('forbidden', `This task is decided by ${approval.roles.join(' or ')}.`)
}

/** Someone may turn an approval into a rejection; saying the same twice is refused. */
async function write({ tx, actor, now }: Context, input: Input, decision: Word): Promise<void> {
  const key = {
    runId: input.run,
    taskId: input.task,
    index: input.index,
    digest: input.digest,
    userId: actor.id,
  }
  const where = { runId_taskId_index_digest_userId: key }
  const before = await tx.workflowApproval.findUnique({ where })
  if (before?.decision === decision) throw new FairleadError('conflict', `You ${decision} this already.`)
  const data = { userName: actor.name, decision, reason: input.reason, at: now }
  await tx.workflowApproval.upsert({ where, create: { ...key, ...data }, update: data })
}

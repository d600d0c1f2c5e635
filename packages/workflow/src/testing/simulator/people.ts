import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import { isFairleadError } from '@fairlead/contracts/errors'
import { openStates, type RunState } from '@fairlead/contracts/workflow-states'
import { openChildren } from '../../run/cancel-children'
import { applyClear } from '../../run/clear'
import { wakeParent } from '../../run/wake-others'
import type { StoredWorkflow } from '../workflow-scene'
import type { Chance } from './chance'

/** What people do to a run, as the verbs write it. Each returns what it did, or null when nothing was to be done. */
export interface Scene {
  readonly db: WorkflowDb
  readonly chance: Chance
  readonly now: Date
}

interface Locked {
  readonly id: string
  readonly state: RunState
  readonly versionId: string
  readonly parentRunId: string | null
}

async function lock(tx: WorkflowTx, runId: string): Promise<Locked> {
  const [run] = await tx.$queryRaw<Locked[]>(Prisma.sql`
    UPDATE workflow_runs SET version = version + 1 WHERE id = ${runId}::uuid
    RETURNING id, state, "versionId", "parentRunId"`)
  if (run === undefined) throw new Error('There is no such run.')
  return run
}

export const cancel = ({ db, now }: Scene, runId: string): Promise<string | null> =>
  db.$transaction(async (tx: WorkflowTx) => {
    const run = await lock(tx, runId)
    const children = await openChildren(tx, runId)
    if (run.state === 'running' || (run.state === 'queued' && children.length > 0)) {
      await tx.workflowRun.update({
        where: { id: runId },
        data: { state: 'cancelling', cancelReason: 'enough', cancelledBy: 'Ada', checkAt: now },
      })
      return 'cancels'
    }
    if (run.state !== 'queued') return null
    await tx.$executeRaw(Prisma.sql`
      UPDATE workflow_tasks SET state = 'cancelled', dirty = FALSE, "nextAt" = NULL, "finishedAt" = ${now}
      WHERE "runId" = ${runId}::uuid AND state = ANY(${openStates.task}::text[])`)
    await tx.workflowRun.update({
      where: { id: runId },
      data: { state: 'cancelled', cancelReason: 'enough', openTasks: 0, finishedAt: now, checkAt: now },
    })
    if (run.parentRunId !== null) await wakeParent(tx, run.parentRunId)
    return 'cancels before the start'
  })

/** Between two seeds everything is forgotten, and rights with it. */
async function ensureApprover(tx: WorkflowTx, id: string): Promise<void> {
  const email = `${id}@example.org`
  await tx.user.upsert({ where: { id }, create: { id, name: id, email }, update: {} })
  const membership = await tx.membership.findFirst({ where: { userId: id } })
  if (membership === null) await tx.membership.create({ data: { userId: id, role: 'approver' } })
}

export async function decide({ db, chance, now }: Scene, runId: string): Promise<string | null> {
  const waiting = await db.workflowTask.findMany({
    where: { runId, state: 'awaiting_approval' },
    orderBy: [{ position: 'asc' }, { index: 'asc' }],
  })
  if (waiting.length === 0) return null
  const { taskId } = chance.pick(waiting)
  const userId = chance.pick(['bo', 'cy', 'di'])
  const decision = chance.of(0.85) ? 'approved' : 'rejected'
  return db.$transaction(async (tx: WorkflowTx) => {
    const run = await lock(tx, runId)
    const row = await tx.workflowTask.findFirst({ where: { runId, taskId, index: -1 } })
    const pending = row?.pending as { digest?: string } | null | undefined
    if (run.state !== 'running' || row?.state !== 'awaiting_approval' || pending?.digest === undefined)
      return null
    await ensureApprover(tx, userId)
    const key = { runId, taskId, index: -1, digest: pending.digest, userId }
    const data = { userName: userId, decision, reason: 'so', at: now }
    await tx.workflowApproval.upsert({
      where: { runId_taskId_index_digest_userId: key },
      create: { ...key, ...data },
      update: data,
    })
    await tx.workflowTask.updateMany({ where: { runId, taskId, index: -1 }, data: { dirty: true } })
    await tx.workflowRun.update({ where: { id: runId }, data: { checkAt: now } })
    return `${decision} ${taskId}`
  })
}

export async function send({ db, now }: Scene, projectId: string): Promise<string> {
  await db.workflowEvent.create({ data: { projectId, name: 'ping', payload: {}, receivedAt: now } })
  return 'sends the event'
}

export async function clear(
  { db, chance, now }: Scene,
  runId: string,
  { version, compiled }: StoredWorkflow,
): Promise<string | null> {
  const request = {
    tasks: chance.of(0.3) ? [] : [chance.pick(compiled.order)],
    downstream: chance.of(0.8),
    onlyFailed: chance.of(0.35),
  }
  const words = `clears ${request.tasks.join() || 'all'}${request.downstream ? ' and below' : ''}${request.onlyFailed ? ', failed ones' : ''}`
  try {
    return await db.$transaction(async (tx: WorkflowTx) => {
      await tx.$executeRaw(Prisma.sql`SELECT set_config('sim.clearing', 'yes', true)`)
      const run = await lock(tx, runId)
      const cleared = await applyClear(
        tx,
        { run, version: { ...version, compiled }, by: 'Ada' },
        request,
        now,
      )
      return cleared === 0 ? null : words
    })
  } catch (error) {
    if (isFairleadError(error)) return null
    throw error
  }
}

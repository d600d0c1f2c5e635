import type { RunTrigger } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowTx } from '@fairlead/db/views'
import crypto from 'node:crypto'
import type { CompiledWorkflow } from '../definition/compiled'
import { appendEntries } from './run-entries'

export interface NewRun {
  readonly workflow: { readonly id: string; readonly projectId: string; readonly name: string }
  readonly version: { readonly id: string; readonly number: number }
  readonly compiled: CompiledWorkflow
  readonly trigger: RunTrigger
  readonly requester: { readonly id: string; readonly name: string }
  readonly nominalTime: Date
  /** At most one run of a workflow has it; null for runs that no calendar meant. */
  readonly slot: string | null
  readonly key: string | null
  readonly backfillId?: string | null
  readonly parentRunId?: string | null
  readonly parameters: Readonly<Record<string, unknown>>
  readonly priority: number
  readonly now: Date
}

export interface CreatedRun {
  readonly id: string
  readonly number: number
  /** False when its slot or its key has a run already: that one is returned, nothing was written. */
  readonly created: boolean
}

/** Queues a run with all its tasks, in the caller's transaction. Ring the bell `run` with its id after the commit. */
export async function createRun(tx: WorkflowTx, run: NewRun): Promise<CreatedRun> {
  // Whoever starts a run of this workflow waits here, so that numbers have no gaps and slots no races.
  const [workflow] = await tx.$queryRaw<{ lastRunNumber: number }[]>(
    Prisma.sql`SELECT "lastRunNumber" FROM workflows WHERE id = ${run.workflow.id}::uuid FOR UPDATE`,
  )
  const existing = await existingRun(tx, run)
  if (existing !== null) return { ...existing, created: false }
  const number = (workflow?.lastRunNumber ?? 0) + 1
  const id = crypto.randomUUID()
  await tx.$executeRaw(
    Prisma.sql`UPDATE workflows SET "lastRunNumber" = ${number} WHERE id = ${run.workflow.id}::uuid`,
  )
  await insertRun(tx, run, { id, number })
  await insertTasks(tx, id, run.compiled)
  await appendEntries(tx, id, run.now, [
    { taskId: null, index: null, kind: 'created', message: `Created by ${run.requester.name}.` },
  ])
  return { id, number, created: true }
}

async function existingRun(
  tx: WorkflowTx,
  { workflow, slot, key }: NewRun,
): Promise<{ id: string; number: number } | null> {
  if (slot === null && key === null) return null
  const [found] = await tx.$queryRaw<{ id: string; number: number }[]>(Prisma.sql`
    SELECT id, number FROM workflow_runs
    WHERE "workflowId" = ${workflow.id}::uuid AND (slot = ${slot} OR key = ${key}) LIMIT 1`)
  return found ?? null
}

async function insertRun(
  tx: WorkflowTx,
  run: NewRun,
  { id, number }: { readonly id: string; readonly number: number },
): Promise<void> {
  await tx.workflowRun.create({
    data: {
      id,
      number,
      workflowId: run.workflow.id,
      versionId: run.version.id,
      projectId: run.workflow.projectId,
      trigger: run.trigger,
      requesterId: run.requester.id,
      requesterName: run.requester.name,
      nominalTime: run.nominalTime,
      slot: run.slot,
      key: run.key,
      backfillId: run.backfillId ?? null,
      parentRunId: run.parentRunId ?? null,
      parameters: run.parameters as Prisma.InputJsonObject,
      state: 'queued',
      reason: 'Waits to be started.',
      priority: run.priority,
      openTasks: run.compiled.order.length,
      checkAt: run.now,
      createdAt: run.now,
    },
  })
}

/** One row a task; those that need nothing are looked at as soon as the run starts. */
async function insertTasks(tx: WorkflowTx, runId: string, compiled: CompiledWorkflow): Promise<void> {
  const rows = [...compiled.tasks.values()].map((task) => ({
    id: task.id,
    position: task.position,
    needs: task.needs.length,
    pool: task.source.pool ?? null,
    priority: task.source.priority,
    // `always` runs at once, whatever its upstreams do.
    dirty: task.needs.length === 0 || task.trigger === 'always',
  }))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO workflow_tasks ("runId", "taskId", position, needs, pool, priority, dirty)
    SELECT ${runId}::uuid, id, position, needs, pool, priority, dirty
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS t(id text, position int, needs int, pool text, priority int, dirty boolean)`)
}

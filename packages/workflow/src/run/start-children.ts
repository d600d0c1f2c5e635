import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { nominalText } from '@fairlead/timetable/local-text'
import { resolveParameters } from '../definition/parameters'
import { childKey } from './child-key'
import { createRun } from './create-run'
import type { EngineDeps } from './engine-deps'
import type { Observation } from './observation'
import type { ChildRun } from './plan-types'

/** Starts runs of other workflows of the project for the tasks that wait for them; asked twice, it starts one. */
export async function startChildren(
  deps: Pick<EngineDeps, 'db' | 'versions' | 'ring'>,
  { run, workflowName }: Observation,
  children: readonly ChildRun[],
  now: Date,
): Promise<void> {
  for (const child of children) {
    const problem = await startChild(deps, { run, workflowName, child }, now)
    if (problem !== null) await refuse(deps.db, run.id, child, problem)
  }
}

interface Wanted {
  readonly run: Observation['run']
  readonly workflowName: string
  readonly child: ChildRun
}

async function startChild(
  { db, versions, ring }: Parameters<typeof startChildren>[0],
  { run, workflowName, child }: Wanted,
  now: Date,
): Promise<string | null> {
  const workflow = await db.workflow.findFirst({ where: { projectId: run.projectId, name: child.workflow } })
  if (workflow?.versionId == null) return `There is no workflow ${child.workflow} in this project.`
  if (workflow.id === run.workflowId) return 'A workflow can not wait for a run of itself.'
  const version = await versions.compiledOf(workflow.versionId)
  const resolved = resolveParameters(version.compiled, child.parameters, {
    run: {
      id: run.id,
      number: workflow.lastRunNumber + 1,
      nominalTime: nominalText(version.compiled.schedule, run.nominalTime),
      trigger: 'workflow',
    },
  })
  if (!resolved.ok) return `${child.workflow}: ${resolved.problems.map(({ reason }) => reason).join('; ')}.`
  const created = await db.$transaction(async (tx: WorkflowTx) => {
    if (!(await stillWaits(tx, run.id, { row: child.row, workflowId: workflow.id }))) return null
    return createRun(tx, {
      workflow,
      version,
      compiled: version.compiled,
      trigger: 'workflow',
      requester: { id: run.requesterId, name: `the run ${run.number} of ${workflowName}` },
      nominalTime: run.nominalTime,
      slot: null,
      key: childKey(run.id, child.row),
      parentRunId: run.id,
      parameters: resolved.value,
      priority: run.priority,
      now,
    })
  })
  if (created !== null) await ring([{ doorbell: 'run', key: created.id }])
  return null
}

/**
 * Whether the run goes on and its task waits as it did, held so until the commit: a run that was cancelled or cleared
 * since would leave a child that nobody knows of. The workflow is locked first, as everybody does who locks both.
 */
async function stillWaits(
  tx: WorkflowTx,
  runId: string,
  { row, workflowId }: { readonly row: ChildRun['row']; readonly workflowId: string },
): Promise<boolean> {
  await tx.$queryRaw(Prisma.sql`SELECT 1 FROM workflows WHERE id = ${workflowId}::uuid FOR UPDATE`)
  const [run] = await tx.$queryRaw<{ state: string }[]>(
    Prisma.sql`SELECT state FROM workflow_runs WHERE id = ${runId}::uuid FOR SHARE`,
  )
  if (run?.state !== 'running') return false
  const waiting = await tx.workflowTask.count({
    where: { runId, taskId: row.taskId, index: row.index, state: 'deferred', generation: row.generation },
  })
  return waiting > 0
}

async function refuse(db: WorkflowDb, runId: string, { row }: ChildRun, reason: string): Promise<void> {
  await db.workflowTask.updateMany({
    where: { runId, taskId: row.taskId, index: row.index, state: 'deferred', generation: row.generation },
    data: { dirty: true, pending: { kind: 'refused', reason } },
  })
}

import { appendChanges } from '@fairlead/db/changes'
import { openStates, type RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { EngineDeps } from './engine-deps'
import type { Observation } from './observation'
import { appendEntries } from './run-entries'

const stoppable = openStates.run.filter((state) => state !== 'cancelling') as readonly RunState[]

interface Child {
  readonly id: string
  readonly number: number
  readonly workflowId: string
  readonly workflow: string
}

/** Runs that tasks of this one started and that nobody has cancelled yet. */
export const openChildren = (tx: Pick<RawSql, '$queryRaw'>, runId: string): Promise<Child[]> =>
  tx.$queryRaw<Child[]>(Prisma.sql`
    SELECT r.id, r.number, r."workflowId", w.name AS workflow FROM workflow_runs r JOIN workflows w ON w.id = r."workflowId"
    WHERE r."parentRunId" = ${runId}::uuid AND r.state = ANY(${[...stoppable]}::text[])
    ORDER BY w.name, r.number`)

/**
 * Whoever is cancelled takes along the runs that its tasks started, and these theirs. Every pass of a run that is being
 * cancelled does this before it records anything, so no crash leaves a child behind an ended parent; what has been
 * cancelled already is left alone. A transaction of its own: a child that ends locks itself, then its parent.
 */
export async function cancelChildren(
  deps: Pick<EngineDeps, 'sql' | 'ring'>,
  { run, workflowName }: Pick<Observation, 'run' | 'workflowName'>,
  now: Date,
): Promise<void> {
  const by = `the run ${run.number} of ${workflowName}`
  const reason = run.cancelReason ?? 'It is being cancelled.'
  const told = `Cancelled by ${by}, which started it: ${reason}`
  const children = await deps.sql.$transaction(async (tx) => {
    const open = await openChildren(tx, run.id)
    if (open.length === 0) return []
    const won = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      UPDATE workflow_runs SET state = 'cancelling', version = version + 1, reason = ${told}, "cancelReason" = ${reason},
        "cancelledBy" = ${by}, "checkAt" = ${now}, "checkReason" = 'It is being cancelled.'
      WHERE id = ANY(${open.map(({ id }) => id)}::uuid[]) AND state = ANY(${[...stoppable]}::text[])
      RETURNING id`)
    const ids = new Set(won.map(({ id }) => id))
    const cancelled = open.filter(({ id }) => ids.has(id))
    await tell(tx, { run, told }, cancelled, now)
    return cancelled
  })
  await deps.ring(children.map(({ id }) => ({ doorbell: 'run', key: id })))
}

async function tell(
  tx: RawSql,
  { run, told }: { readonly run: Observation['run']; readonly told: string },
  children: readonly Child[],
  now: Date,
): Promise<void> {
  const { projectId } = run
  for (const { id, workflowId } of children) {
    await appendEntries(tx, id, now, [{ taskId: null, index: null, kind: 'cancelling', message: told }])
    await appendChanges(tx, [
      { topic: 'run', key: id, projectId },
      { topic: 'workflow', key: workflowId, projectId },
    ])
  }
  await appendEntries(
    tx,
    run.id,
    now,
    children.map(({ number, workflow }) => ({
      taskId: null,
      index: null,
      kind: 'cancelling',
      message: `Run ${number} of ${workflow}, which a task of this run started, is cancelled with it.`,
    })),
  )
}

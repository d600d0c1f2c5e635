import type { RunState } from '@fairlead/contracts/workflow-states'
import { childKey } from './child-key'
import type { EngineDeps } from './engine-deps'
import type { WaitFinding } from './observation'
import { rowKey, type RunRow, type TaskRow } from './rows'

/** Events that one look takes at most, oldest first. */
const maxEvents = 1_000

/** What is there of what deferred tasks wait for. */
export async function findingsOf(
  deps: EngineDeps,
  run: RunRow,
  tasks: readonly TaskRow[],
): Promise<ReadonlyMap<string, WaitFinding>> {
  const findings = new Map<string, WaitFinding>()
  for (const row of tasks) {
    if (row.state !== 'deferred' || row.pending === null) continue
    const finding = await findingOf(deps, run, row)
    if (finding !== null) findings.set(rowKey(row.taskId, row.index), finding)
  }
  return findings
}

async function findingOf(deps: EngineDeps, run: RunRow, row: TaskRow): Promise<WaitFinding | null> {
  const { pending } = row
  if (pending?.kind === 'event') {
    const events = await deps.db.workflowEvent.findMany({
      where: { projectId: run.projectId, name: pending.name, receivedAt: { gte: run.createdAt } },
      orderBy: { receivedAt: 'asc' },
      select: { payload: true },
      take: maxEvents,
    })
    return { kind: 'events', payloads: events.map(({ payload }) => payload) }
  }
  if (pending?.kind === 'workflow') {
    const child = await deps.db.workflowRun.findFirst({
      where: { parentRunId: run.id, key: childKey(run.id, row) },
      select: { id: true, number: true, state: true },
    })
    return child === null ? null : { kind: 'run', ...child, state: child.state as RunState }
  }
  if (pending?.kind !== 'rollout') return null
  const { application, stage } = pending
  return deps.rollouts.stateOf({ projectId: run.projectId, application, stage })
}

import type { Bell } from '@fairlead/contracts/doorbells'
import { runActions, type RunState } from '@fairlead/contracts/workflow-states'
import { appendChanges } from '@fairlead/db/changes'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowTx } from '@fairlead/db/views'
import type { CompiledWorkflow } from '../definition/compiled'
import { resolveParameters } from '../definition/parameters'
import { createRun } from '../run/create-run'
import { appendEntries } from '../run/run-entries'
import type { SkippedTime } from './decide-tick'
import { nominalText } from '@fairlead/timetable/local-text'
import { slotOf } from './plan-backfill'
import type { DueWorkflow } from './workflow-row'

const requester = { id: 'calendar', name: 'Schedule' }

export interface Started {
  readonly run: string
  readonly time: Date
}

export interface TickWrites {
  readonly bells: readonly Bell[]
  readonly started: readonly Started[]
  readonly skipped: readonly SkippedTime[]
}

export interface TickSubject {
  readonly workflow: DueWorkflow
  readonly version: { readonly id: string; readonly number: number; readonly compiled: CompiledWorkflow }
  readonly now: Date
}

/** One run for each time that has none yet; one whose parameters have no value is named, and holds up no other. */
export async function createRuns(
  tx: WorkflowTx,
  { workflow, version, now }: TickSubject,
  times: readonly Date[],
): Promise<{ readonly started: readonly Started[]; readonly skipped: readonly SkippedTime[] }> {
  const started: Started[] = []
  const skipped: SkippedTime[] = []
  for (const time of times) {
    const number = workflow.lastRunNumber + started.length + 1
    // Its id isn't known before it exists.
    const run = {
      id: '',
      number,
      nominalTime: nominalText(version.compiled.schedule, time),
      trigger: 'schedule',
    }
    const resolved = resolveParameters(version.compiled, {}, { run })
    if (!resolved.ok) {
      const reason = resolved.problems.map((problem) => problem.reason).join('; ')
      skipped.push({ time, reason: `Its parameters have no value: ${reason}.` })
      continue
    }
    const created = await createRun(tx, {
      workflow,
      version,
      compiled: version.compiled,
      trigger: 'schedule',
      requester,
      nominalTime: time,
      slot: slotOf(time),
      key: null,
      parameters: resolved.value,
      priority: 0,
      now,
    })
    if (created.created) started.push({ run: created.id, time })
  }
  const { projectId } = workflow
  await appendChanges(
    tx,
    started.map(({ run }) => ({ topic: 'run', key: run, projectId })),
  )
  return { started, skipped }
}

const cancellable = runActions.cancel.from.filter((state) => state !== 'cancelling') as readonly RunState[]

/** Runs that make room for the next one; those that ended meanwhile are left alone. Returns who is to be rung. */
export async function cancelRuns(
  tx: WorkflowTx,
  workflow: DueWorkflow,
  { runs, now }: { readonly runs: readonly string[]; readonly now: Date },
): Promise<string[]> {
  if (runs.length === 0) return []
  const reason = 'The next time of the schedule has come, and overlap is cancel.'
  const told = `Cancelled by ${requester.name}: ${reason}`
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE workflow_runs SET state = 'cancelling', version = version + 1, reason = ${told},
      "cancelReason" = ${reason}, "cancelledBy" = ${requester.name}, "checkAt" = ${now},
      "checkReason" = 'It is being cancelled.'
    WHERE id = ANY(${runs}::uuid[]) AND state IN (${Prisma.join(cancellable)})
    RETURNING id`)
  for (const { id } of rows)
    await appendEntries(tx, id, now, [{ taskId: null, index: null, kind: 'cancelling', message: told }])
  const { projectId } = workflow
  await appendChanges(
    tx,
    rows.map(({ id }) => ({ topic: 'run', key: id, projectId })),
  )
  return rows.map(({ id }) => id)
}

const namedTimes = 5

/** Times that got no run are told where people look for them: in the run that was in the way, or that came instead. */
export async function noteSkipped(
  tx: WorkflowTx,
  near: {
    readonly runs: readonly string[]
    readonly active: readonly { readonly id: string }[]
    readonly now: Date
  },
  skipped: readonly SkippedTime[],
): Promise<void> {
  const run = near.runs.at(-1) ?? near.active.at(-1)?.id
  if (run === undefined || skipped.length === 0) return
  const byReason = new Map<string, Date[]>()
  for (const { time, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), time])
  const entries = [...byReason].map(([reason, times]) => {
    const named = times.slice(-namedTimes).map((time) => time.toISOString())
    const more = times.length > named.length ? ` and ${times.length - named.length} before` : ''
    return {
      taskId: null,
      index: null,
      kind: 'skipped',
      message: `No run for ${named.join(', ')}${more}. ${reason}`,
    }
  })
  await appendEntries(tx, run, near.now, entries)
}

import type { Bell } from '@fairlead/contracts/doorbells'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import type { Versions } from '../run/versions'
import { decideTick, type SkippedTime, type TickDecision } from './decide-tick'
import { cancelRuns, createRuns, noteSkipped, type TickWrites } from './write-tick'
import { activeRuns, lockDue, moveTo, type DueWorkflow } from './workflow-row'

export interface TickDeps {
  readonly db: WorkflowDb
  readonly versions: Versions
}

export interface Ticked {
  /** To be rung now that everything is committed. */
  readonly bells: readonly Bell[]
  readonly started: readonly { readonly workflowId: string; readonly run: string; readonly time: Date }[]
  readonly skipped: readonly (SkippedTime & { readonly workflowId: string })[]
  /** Workflows that could not be looked at: they are tried again soon. */
  readonly problems: readonly { readonly workflowId: string; readonly error: unknown }[]
}

/** Workflows of one pass; the rest is as due at the next. */
const passSize = 200
/** Rows of tasks that one transaction inserts, about: what is caught up must not hold the others up. */
const rowsPerTransaction = 5_000
/** Less than what counts as missed. */
const againMs = 15_000

/**
 * Starts a run for each nominal time that has come. Each workflow is a transaction of its own, in which its row is
 * locked, its runs are inserted (one per workflow and slot, which is unique) and its `scheduledTo` moves: so two
 * calendars, a restart between, or a kill anywhere give one run per nominal time.
 */
export async function tick(deps: TickDeps, now: Date): Promise<Ticked> {
  const due = await deps.db.$queryRaw<{ id: string; versionId: string }[]>(Prisma.sql`
    SELECT id, "versionId" FROM workflows
    WHERE "scheduleAt" <= ${now} AND NOT paused AND "versionId" IS NOT NULL ORDER BY "scheduleAt" LIMIT ${passSize}`)
  const bells: Bell[] = []
  const started: Ticked['started'][number][] = []
  const skipped: Ticked['skipped'][number][] = []
  const problems: Ticked['problems'][number][] = []
  for (const { id, versionId } of due) {
    const one = (writes: TickWrites): void => {
      bells.push(...writes.bells)
      started.push(...writes.started.map((run) => ({ workflowId: id, ...run })))
      skipped.push(...writes.skipped.map((time) => ({ workflowId: id, ...time })))
    }
    try {
      // Read before the transaction, which then needs no second connection.
      await deps.versions.compiledOf(versionId)
      await tickOne(deps, { id, now }, one)
    } catch (error) {
      problems.push({ workflowId: id, error })
      await putOff(deps.db, id, now).catch(() => undefined)
    }
  }
  return { bells, started, skipped, problems }
}

interface Subject {
  readonly id: string
  readonly now: Date
}

/** What one transaction left for the next, and where it left the schedule. */
interface Rest {
  readonly decision: TickDecision
  readonly versionId: string
  readonly scheduledTo: Date | null
}

async function tickOne(deps: TickDeps, subject: Subject, told: (writes: TickWrites) => void): Promise<void> {
  let rest: Rest | null = null
  do {
    const step: { writes: TickWrites; rest: Rest | null } | null = await deps.db.$transaction((tx) =>
      writeStep({ ...deps, tx }, subject, rest),
    )
    if (step === null) return
    told(step.writes)
    rest = step.rest
  } while (rest !== null)
}

async function writeStep(
  deps: TickDeps & { readonly tx: WorkflowTx },
  { id, now }: Subject,
  before: Rest | null,
): Promise<{ writes: TickWrites; rest: Rest | null } | null> {
  const { tx } = deps
  const workflow = await lockDue(tx, id, now)
  if (workflow === null || (before !== null && !isSame(workflow, before))) return null
  const { compiled, number } = await deps.versions.compiledOf(workflow.versionId)
  const active = before === null ? await activeRuns(tx, id) : []
  const decision = before?.decision ?? decideTick({ ...workflow, active }, compiled.schedule, now)
  const size = Math.max(1, Math.floor(rowsPerTransaction / compiled.order.length))
  const fire = decision.fire.slice(0, size)
  const left = decision.fire.slice(size)
  const version = { id: workflow.versionId, number, compiled }
  const cancelled = await cancelRuns(tx, workflow, { runs: decision.cancel, now })
  const created = await createRuns(tx, { workflow, version, now }, fire)
  const skipped = before === null ? [...decision.skipped, ...created.skipped] : created.skipped
  await noteSkipped(tx, { runs: created.started.map(({ run }) => run), active, now }, skipped)
  // More is left: the next of it is what is due, and handled is what was fired.
  const [next] = left
  const scheduledTo = next === undefined ? decision.scheduledTo : (fire.at(-1) ?? decision.scheduledTo)
  await moveTo(tx, workflow, { scheduledTo, scheduleAt: next ?? decision.scheduleAt })
  const writes = {
    bells: [...cancelled, ...created.started.map(({ run }) => run)].map((key) => ({
      doorbell: 'run' as const,
      key,
    })),
    started: created.started,
    skipped,
  }
  if (next === undefined) return { writes, rest: null }
  const rest = { ...decision, fire: left, cancel: [] }
  return { writes, rest: { decision: rest, versionId: workflow.versionId, scheduledTo } }
}

/** Nobody else went on with it, and nobody changed it, between two transactions. */
const isSame = (workflow: DueWorkflow, rest: Rest): boolean =>
  workflow.versionId === rest.versionId && workflow.scheduledTo?.getTime() === rest.scheduledTo?.getTime()

/** Something about this one is broken: it must not keep the others waiting, and misses nothing by being late. */
const putOff = (db: WorkflowDb, id: string, now: Date): Promise<number> =>
  db.$executeRaw(Prisma.sql`
    UPDATE workflows SET "scheduleAt" = ${new Date(now.getTime() + againMs)}
    WHERE id = ${id}::uuid AND "scheduleAt" <= ${now}`)

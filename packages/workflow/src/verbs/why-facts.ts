import type { TaskApprovalView } from '@fairlead/contracts/workflow'
import type { AttemptState, RunState, TaskState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'
import { fixedPlace } from '../views/fixed-clusters'
import { pendingOf } from '../views/pending'
import { runTask, type RunTaskRow } from '../views/run-task'
import type { WhyAttempt, WhyFacts } from '../views/why'
import type { VerbDeps } from '../workflow-deps'

export interface WhyScene {
  readonly run: {
    readonly id: string
    readonly workflowId: string
    readonly projectId: string
    readonly state: string
    readonly reason: string
  }
  readonly row: RunTaskRow & {
    readonly pending: unknown
    readonly pool: string | null
    readonly priority: number
    readonly readyAt: Date | null
  }
  /** The task itself, where the row is one of its indexes: it keeps the counts. */
  readonly whole: {
    readonly needs: number
    readonly succeeded: number
    readonly failed: number
    readonly upstreamFailed: number
    readonly skipped: number
    readonly setupsSucceeded: number
    readonly setupsSkipped: number
  }
  readonly task: CompiledTask
  readonly compiled: CompiledWorkflow
  readonly upstream: WhyFacts['upstream']
  readonly approval: TaskApprovalView | null
  readonly attempt:
    | (Omit<WhyAttempt, 'state' | 'phase'> & {
        readonly state: string
        readonly live: boolean
        readonly observedPhase: string | null
      })
    | null
}

/** What the engine would weigh now: limits are counted from the same live rows. */
export async function whyFacts(deps: VerbDeps, scene: WhyScene, now: Date): Promise<WhyFacts> {
  const { run, row, whole, task, compiled, attempt } = scene
  const [limits, pool, cluster] = await Promise.all([
    readLimits(deps, run.workflowId),
    readPool(deps, scene),
    readCluster(deps, row.cluster ?? fixedPlace(task, compiled)),
  ])
  const maxTasks = compiled.document.spec.limits.maxActiveTasks
  return {
    now,
    run: {
      state: run.state as RunState,
      reason: run.reason,
      workflow: compiled.name,
      activeRuns: limits.activeRuns,
      maxActiveRuns: limits.maxActiveRuns,
    },
    task: {
      index: row.index,
      state: row.state as TaskState,
      reason: row.reason,
      nextAt: row.nextAt,
      indexes: runTask(row).indexes,
    },
    trigger: task.trigger,
    counts: {
      needs: whole.needs,
      succeeded: whole.succeeded,
      failed: whole.failed,
      upstreamFailed: whole.upstreamFailed,
      skipped: whole.skipped,
      setups: {
        total: task.setups.length,
        succeeded: whole.setupsSucceeded,
        skipped: whole.setupsSkipped,
      },
    },
    upstream: scene.upstream,
    pool,
    activeTasks: maxTasks === undefined ? null : { max: maxTasks, active: limits.activeTasks },
    cluster,
    attempt: attempt?.live === true ? liveAttempt(attempt) : null,
    approval: scene.approval,
    pending: pendingOf(row.pending),
  }
}

const liveAttempt = (attempt: NonNullable<WhyScene['attempt']>): WhyAttempt => ({
  ...attempt,
  state: attempt.state as AttemptState,
  phase: attempt.observedPhase,
})

interface Limits {
  readonly maxActiveRuns: number
  readonly activeRuns: number
  readonly activeTasks: number
}

async function readLimits({ db }: VerbDeps, workflowId: string): Promise<Limits> {
  const [row] = await db.$queryRaw<Limits[]>(Prisma.sql`
    SELECT w."maxActiveRuns",
      (SELECT count(*)::int FROM workflow_runs
        WHERE "workflowId" = w.id AND state IN ('running', 'cancelling')) AS "activeRuns",
      (SELECT count(*)::int FROM workflow_attempts WHERE live AND "workflowId" = w.id) AS "activeTasks"
    FROM workflows w WHERE w.id = ${workflowId}::uuid`)
  return row ?? { maxActiveRuns: 0, activeRuns: 0, activeTasks: 0 }
}

async function readPool({ db }: VerbDeps, { run, row }: WhyScene): Promise<WhyFacts['pool']> {
  if (row.pool === null) return null
  const [found] = await db.$queryRaw<{ slots: number | null; used: number; ahead: number }[]>(Prisma.sql`
    SELECT
      (SELECT slots FROM workflow_pools WHERE "projectId" = ${run.projectId}::uuid AND name = ${row.pool}) AS slots,
      (SELECT count(*)::int FROM workflow_attempts
        WHERE live AND "projectId" = ${run.projectId}::uuid AND pool = ${row.pool}) AS used,
      (SELECT count(*)::int FROM workflow_tasks t JOIN workflow_runs r ON r.id = t."runId"
        WHERE t.state = 'ready' AND t.pool = ${row.pool} AND r."projectId" = ${run.projectId}::uuid
          AND (t.priority > ${row.priority} OR (t.priority = ${row.priority} AND t."readyAt" < ${row.readyAt}))) AS ahead`)
  return { name: row.pool, slots: found?.slots ?? null, used: found?.used ?? 0, ahead: found?.ahead ?? 0 }
}

async function readCluster({ db }: VerbDeps, name: string | null): Promise<WhyFacts['cluster']> {
  if (name === null) return null
  const known = await db.workflowCluster.findUnique({ where: { name } })
  if (known === null) return null
  const { reachable, reason, since } = known
  return { name, reachable, reason, since }
}

import type { RolloutView } from '@fairlead/contracts/rollout'
import { rolloutActions, type RolloutAction, type RolloutState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import type { WorkloadDeps } from '../workload-deps'
import { stagesOf } from '../application/stored'
import { eligibleApprovers } from '../rollout/approvals'
import { gatesOf } from '../rollout/gates'
import { currentGates } from '../rollout/observe-gates'
import { mayAct } from '../rollout/rollout-action'
import { blockersOf } from './blockers'
import { releaseRefs } from './release-ref'
import { rolloutSummaries } from './rollout-summary'
import { clusterIdentities, stageView } from './stage-view'

/** Timeline entries shown at most, newest last. */
const maxEntries = 500

const readRollout = (db: WorkloadDb, id: string) =>
  db.rollout.findUnique({
    where: { id },
    include: {
      application: { select: { name: true, projectId: true } },
      runs: {
        orderBy: { position: 'asc' },
        include: { targets: { orderBy: { id: 'asc' } }, approvals: { orderBy: { at: 'asc' } } },
      },
      entries: { orderBy: { id: 'desc' }, take: maxEntries },
    },
  })
type Deps = Pick<WorkloadDeps, 'db' | 'workflows'>
type Row = NonNullable<Awaited<ReturnType<typeof readRollout>>>

export async function rolloutView(deps: Deps, actor: Actor, id: string): Promise<RolloutView> {
  const { db } = deps
  const row = await readRollout(db, id)
  if (row === null) throw notFound('rollout')
  const [summary] = await rolloutSummaries(db, [row])
  if (summary === undefined) throw notFound('rollout')
  const stages = await stageViews(deps, actor, row)
  const timeline = row.entries.toReversed()
  const pausedBy = timeline.findLast(({ kind }) => kind === 'paused')?.message ?? null
  const state = row.state as RolloutState
  const facts = { state, paused: row.paused, projectId: row.application.projectId, stages }
  return {
    ...summary,
    applicationId: row.applicationId,
    stages,
    blockers: blockersOf({ state, paused: row.paused, pausedBy, checkReason: row.checkReason, stages }),
    actions: actionsOf((action) => {
      const decision = mayAct(action, facts, actor)
      return decision.passed ? mineToo(action, stages) : { passed: false, reason: decision.reason }
    }),
    timeline: timeline.map(({ at, stage, cluster, kind, message }) => ({
      at: at.toISOString(),
      stage,
      cluster,
      kind,
      message,
    })),
  }
}

type ActionState = RolloutView['actions'][RolloutAction]

const actionsOf = (decide: (action: RolloutAction) => ActionState): RolloutView['actions'] =>
  Object.fromEntries(
    (Object.keys(rolloutActions) as RolloutAction[]).map((action) => [action, decide(action)]),
  ) as unknown as RolloutView['actions']

/** Deciding needs more than the permission: the stage's role, and not being the requester. */
function mineToo(action: RolloutAction, stages: RolloutView['stages']): ActionState {
  if (action !== 'approve' && action !== 'reject') return { passed: true, reason: null }
  const approval = stages.find(({ state }) => state === 'awaiting_approval')?.approval
  return approval?.mine ?? { passed: false, reason: 'No stage is waiting for an approval.' }
}

async function stageViews({ db, workflows }: Deps, actor: Actor, row: Row) {
  const { projectId } = row.application
  const specs = stagesOf(row.stages)
  const [clusters, releases] = await Promise.all([
    clusterIdentities(
      db,
      row.runs.flatMap(({ targets }) => targets.map(({ clusterId }) => clusterId)),
    ),
    releaseRefs(
      db,
      row.runs.map(({ baseReleaseId }) => baseReleaseId),
    ),
  ])
  const views = await Promise.all(
    row.runs.map(async (run) => {
      const spec = specs.find(({ name }) => name === run.name)
      if (spec === undefined) return []
      const people = run.approvals.map(({ userId }) => userId)
      const eligible = await eligibleApprovers(db, projectId, spec.approval?.roles ?? [], people)
      const asked = { rollout: { id: row.id, projectId }, stage: run.name }
      const gates = await currentGates({ workflows }, asked, gatesOf(spec, run.gates))
      const rollout = { kind: row.kind, requesterId: row.requesterId, projectId }
      return [stageView(run, { gates, rollout, spec, actor, clusters, releases, eligible })]
    }),
  )
  return views.flat()
}

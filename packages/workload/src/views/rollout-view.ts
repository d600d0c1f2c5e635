import type { RolloutView } from '@fairlead/contracts/rollout'
import {
  isTerminal,
  rolloutActions,
  type RolloutAction,
  type RolloutState,
  type StageState,
} from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import type { WorkloadDeps } from '../workload-deps'
import { stagesOf } from '../application/stored'
import { eligibleApprovers } from '../rollout/approvals'
import { gatesOf } from '../rollout/gates'
import { currentGates } from '../rollout/observe-gates'
import { observeWindow } from '../rollout/observe-window'
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
type Deps = Pick<WorkloadDeps, 'db' | 'workflows' | 'freeze'>
type Row = NonNullable<Awaited<ReturnType<typeof readRollout>>>

interface Viewer {
  readonly actor: Actor
  readonly now: Date
}

export async function rolloutView(deps: Deps, viewer: Viewer, id: string): Promise<RolloutView> {
  const { db } = deps
  const { actor } = viewer
  const row = await readRollout(db, id)
  if (row === null) throw notFound('rollout')
  const [summary] = await rolloutSummaries(db, [row])
  if (summary === undefined) throw notFound('rollout')
  const stages = await stageViews(deps, viewer, row)
  const timeline = row.entries.toReversed()
  const pausedBy = timeline.findLast(({ kind }) => kind === 'paused')?.message ?? null
  const state = row.state as RolloutState
  const facts = {
    state,
    paused: row.paused,
    projectId: row.application.projectId,
    stages: stages.map((stage) => ({ state: stage.state, inWaves: stage.waves !== null })),
  }
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

/** What windows say of the stage that moves now; of an ended rollout nothing. */
async function freezeOf(deps: Deps, now: Date, row: Row) {
  const current =
    row.finishedAt === null && row.runs.find(({ state }) => !isTerminal.stage(state as StageState))
  if (!current) return null
  const kind = row.kind === 'rollback' ? 'rollback' : 'deploy'
  const { name, projectId } = row.application
  const stage = { ...current, state: current.state as StageState }
  const rollout = { id: row.id, kind, application: name, projectId } as const
  const answer = await observeWindow(deps, { rollout, stage }, now)
  return { stage: current.name, answer }
}

async function stageViews(deps: Deps, { actor, now }: Viewer, row: Row) {
  const { db, workflows } = deps
  const freeze = await freezeOf(deps, now, row)
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
      const gated = { rollout: { id: row.id, projectId }, stage: run.name }
      const gates = await currentGates({ workflows }, gated, gatesOf(spec, run.gates))
      const rollout = { kind: row.kind, requesterId: row.requesterId, projectId }
      const asked = freeze?.stage === run.name ? freeze.answer : null
      const scene = { gates, rollout, spec, actor, clusters, releases, eligible, freeze: asked, now }
      return [stageView(run, scene)]
    }),
  )
  return views.flat()
}

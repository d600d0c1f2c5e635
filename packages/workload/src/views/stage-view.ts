import type { FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import { environmentSchema, type ClusterIdentity } from '@fairlead/contracts/cluster'
import type { StageSpec, ReleaseRef } from '@fairlead/contracts/application'
import type { StageGateView, StageView, TargetView } from '@fairlead/contracts/rollout'
import { isTerminal, type StageState, type TargetState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { planOf, textsOf } from '../application/stored'
import type { GateObservation } from '../rollout/gates'
import { byWave } from '../rollout/resolve-waves'
import { shownOf } from '../rollout/shown'
import { trialView } from './trial-view'
import { wavesView } from './waves-view'
import { approvalRequirement } from './approval-requirement'

export async function clusterIdentities(
  db: Pick<WorkloadDb, 'cluster'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ClusterIdentity>> {
  const rows = await db.cluster.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, environment: true, colour: true },
  })
  return new Map(
    rows.map((row) => [row.id, { ...row, environment: environmentSchema.parse(row.environment) }]),
  )
}

export const removedCluster = (id: string): ClusterIdentity => ({
  id,
  name: 'removed cluster',
  environment: 'development',
  colour: 0,
})

export interface StageRow {
  readonly name: string
  readonly state: string
  readonly reason: string
  readonly plan: unknown
  readonly planDigest: string | null
  readonly planRequestedAt: Date | null
  readonly baseReleaseId: string | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly progressAt: Date | null
  readonly totalAt: Date | null
  readonly evidence: unknown
  readonly steps: unknown
  readonly promotedStep: number
  readonly approvals: readonly {
    readonly userId: string
    readonly userName: string
    readonly decision: string
    readonly reason: string
    readonly at: Date
    readonly planDigest: string
  }[]
  readonly targets: readonly {
    readonly id: string
    readonly clusterId: string
    readonly namespace: string
    readonly state: string
    readonly message: string
    readonly appliedAt: Date | null
    readonly convergedAt: Date | null
    readonly observed: unknown
    readonly observedAt: Date | null
    readonly applied: unknown
    readonly wave: number
    readonly progressAt: Date | null
    readonly unreachableAt: Date | null
    readonly askAt: Date | null
  }[]
}

export interface StageScene {
  readonly rollout: { readonly kind: string; readonly requesterId: string; readonly projectId: string }
  readonly spec: StageSpec
  readonly gates: readonly GateObservation[]
  readonly actor: Actor
  readonly clusters: ReadonlyMap<string, ClusterIdentity>
  readonly releases: ReadonlyMap<string, ReleaseRef>
  readonly eligible: ReadonlySet<string>
  readonly freeze: FreezeAnswer | null
  readonly now: Date
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function stageView(row: StageRow, scene: StageScene): StageView {
  const took =
    row.state === 'converged' && row.startedAt !== null && row.finishedAt !== null
      ? row.finishedAt.getTime() - row.startedAt.getTime()
      : null
  return {
    name: row.name,
    state: row.state as StageState,
    reason: row.reason,
    plan: planOf(row.plan),
    approval: approvalRequirement(
      { ...scene.rollout, ...row, spec: scene.spec, eligible: scene.eligible },
      scene.actor,
    ),
    targets: row.targets
      .map((target) => targetView(target, scene))
      .toSorted((left, right) =>
        byWave({ ...left, cluster: left.cluster.name }, { ...right, cluster: right.cluster.name }),
      ),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    deadlines: { progressAt: iso(row.progressAt), totalAt: iso(row.totalAt) },
    base: row.baseReleaseId === null ? null : (scene.releases.get(row.baseReleaseId) ?? null),
    evidence: textsOf(row.evidence),
    convergeMs: took,
    gates: scene.gates.map((gate) => gateView(gate, row.state as StageState)),
    trial: trialView(row, scene),
    freeze: scene.freeze,
    waves: scene.spec.waves === undefined ? null : wavesView(scene.spec.waves, row.targets),
  }
}

/** Past the moment at which it would have been started. */
const passed = ({ when }: GateObservation, stage: StageState): boolean =>
  isTerminal.stage(stage) ||
  stage === 'rolling_back' ||
  (when !== 'after' && (stage === 'applying' || stage === 'progressing' || stage === 'verifying')) ||
  (when === 'before' && stage === 'trial')

function gateView(gate: GateObservation, stage: StageState): StageGateView {
  const { when, workflow, order, run, number, url, reason } = gate
  const airflow = 'airflow' in order ? order.airflow.connection : null
  const state = gate.state === 'not_started' && passed(gate, stage) ? 'not_run' : gate.state
  return { when, workflow, airflow, url, run, number, state, reason }
}

const targetView = (row: StageRow['targets'][number], { clusters }: StageScene): TargetView => ({
  id: row.id,
  cluster: clusters.get(row.clusterId) ?? removedCluster(row.clusterId),
  namespace: row.namespace,
  state: row.state as TargetState,
  message: row.message,
  appliedAt: iso(row.appliedAt),
  convergedAt: iso(row.convergedAt),
  workloads: shownOf(row.observed).workloads,
  splits: shownOf(row.observed).splits,
  observedAt: iso(row.observedAt),
  wave: row.wave,
  progressAt: iso(row.progressAt),
  unreachableSince: iso(row.unreachableAt),
})

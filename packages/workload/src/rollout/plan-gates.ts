import { durationMs } from '@fairlead/contracts/application'
import type { StagePlan } from '@fairlead/contracts/rollout'
import { convergeStage } from './converge'
import { totalFailure } from './deadlines'
import { after, begin, earliest, move, wait, type Decision } from './decision'
import { endFailed, failStage } from './failing'
import { failureWords, gateWords, goesOnWords, isOpenGate, nextGate, type GateObservation } from './gates'
import type { Observation, StageObservation } from './observation'
import { stillWaits } from './plan-window'

const retryMs = 3_000
const lookAgainMs = 1_000

export const needsApproval = ({ rollout }: Observation, { spec }: StageObservation): boolean =>
  spec.approval !== undefined && rollout.kind === 'deploy'

/** The plan may be carried out: first its `before` workflows, where any is left to run, then the objects. */
export function carryOut(stage: StageObservation, plan: StagePlan, now: Date): Decision {
  const gate = nextGate(stage, 'before')
  if (gate === undefined) return beginApply(stage, plan, now)
  const reason = gateWords(gate)
  return move(reason, {
    rollout: { state: 'running' },
    stages: [{ id: stage.id, from: stage.state, state: 'preparing', reason, plan }],
  })
}

function beginApply(stage: StageObservation, plan: StagePlan, now: Date): Decision {
  const { total, progress } = stage.spec.deadline
  if (stage.triesFirst)
    return move(`Trying it beside what runs on ${stage.spec.name}.`, {
      rollout: { state: 'running' },
      stages: [
        {
          id: stage.id,
          from: stage.state,
          state: 'trial',
          reason: 'Starting it beside what runs.',
          plan,
          startedAt: now,
          // Its pauses are as long as they say: only the way to each weight has a deadline, and then the whole.
          progressAt: after(now, durationMs(progress)),
          totalAt: null,
        },
      ],
    })
  return move(`Applying to ${stage.spec.name}.`, {
    rollout: { state: 'running' },
    stages: [
      {
        id: stage.id,
        from: stage.state,
        state: 'applying',
        reason: 'Applying.',
        plan,
        startedAt: now,
        ...(stage.spec.waves === undefined ? { totalAt: after(now, durationMs(total)) } : {}),
      },
    ],
  })
}

/** Nothing is applied yet, so a failure here needs no way back. */
export function planPreparing(observation: Observation, stage: StageObservation, now: Date): Decision {
  const gate = nextGate(stage, 'before')
  if (gate === undefined) return prepared(observation, stage, now)
  if (gate.state === 'not_started') return beginGate(stage, gate)
  if (isOpenGate(gate)) return keepWaiting(stage, gate, after(now, lookAgainMs))
  const words = failureWords(gate)
  const reason = `${words} Nothing was applied to ${stage.spec.name}.`
  return endFailed(observation, stage, { reason, evidence: [words] }, now)
}

/** The window is open, or not yet. */
export const planAwaitingWindow = (observation: Observation, stage: StageObservation, now: Date): Decision =>
  stillWaits(stage, now) ?? prepared(observation, stage, now)

/** Workflows and windows take their time: what was approved is held against what is true now. */
function prepared(observation: Observation, stage: StageObservation, now: Date): Decision {
  const { fresh, spec } = stage
  if (fresh === null || fresh.kind === 'unreachable') {
    const reason = `The plan can't be checked again: ${fresh?.reason ?? 'it was not asked for'}`
    return wait(after(now, retryMs), reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
  }
  if (fresh.kind === 'refused')
    return endFailed(observation, stage, { reason: fresh.reason, evidence: [] }, now)
  const same = fresh.plan.digest === stage.planDigest && fresh.plan.blockers.length === 0
  const approved = !needsApproval(observation, stage) || stage.approvals >= (spec.approval?.quorum ?? 1)
  if (same && approved) return carryOut(stage, fresh.plan, now)
  const reason = same
    ? 'An approval no longer counts; asking again.'
    : `The plan changed while ${stage.state === 'preparing' ? 'its workflows ran' : 'it waited for its window'}; planning again.`
  return move(reason, {
    stages: [{ id: stage.id, from: stage.state, state: 'planning', reason, planRequestedAt: now }],
    entries: [{ stage: spec.name, cluster: null, kind: 'plan_changed', message: reason }],
  })
}

/** Every target runs the release: the stage has converged, or its `after` workflows are asked. */
export function targetsConverged(
  observation: Observation,
  stage: StageObservation,
  now: Date,
  words?: string,
): Decision {
  const gate = nextGate(stage, 'after')
  if (gate === undefined) return convergeStage(observation, stage, now, words)
  const reason = gateWords(gate)
  return move(reason, {
    rollout: { state: 'running' },
    stages: [
      {
        id: stage.id,
        from: stage.state,
        state: 'verifying',
        reason,
        progressAt: null,
        // What had nothing to apply has no deadline yet, and of waves each target had its own.
        ...(stage.startedAt === null || stage.spec.waves !== undefined
          ? { totalAt: after(now, durationMs(stage.spec.deadline.total)) }
          : {}),
        ...(stage.plan === null ? {} : { plan: stage.plan }),
      },
    ],
  })
}

/** The total deadline goes on: a stage that can't be shown to work in time goes back. */
export function planVerifying(observation: Observation, stage: StageObservation, now: Date): Decision {
  const gate = nextGate(stage, 'after')
  if (gate === undefined) return convergeStage(observation, stage, now)
  if (gate.state !== 'not_started' && !isOpenGate(gate)) {
    const reason = failureWords(gate)
    return failStage(observation, stage, { reason, evidence: [reason] }, now)
  }
  const late = totalFailure(stage, now)
  if (late !== null) {
    const evidence = [gateWords(gate), goesOnWords([gate])].filter((text) => text !== '')
    return failStage(observation, stage, { ...late, evidence: [...evidence, ...late.evidence] }, now)
  }
  if (gate.state === 'not_started') return beginGate(stage, gate)
  return keepWaiting(stage, gate, earliest(after(now, lookAgainMs), stage.totalAt))
}

const beginGate = (stage: StageObservation, gate: GateObservation): Decision =>
  begin([{ stageId: stage.id, when: gate.when, position: gate.position }], `Starting ${gate.workflow}.`)

function keepWaiting(stage: StageObservation, gate: GateObservation, until: Date): Decision {
  const reason = gateWords(gate)
  return wait(until, reason, { stages: [{ id: stage.id, from: stage.state, reason }] })
}

import { durationMs } from '@fairlead/contracts/application'
import { isMetric, trialOf } from '@fairlead/contracts/strategy'
import { deadlineFailure, afterGap, observed, waitingWords } from '../rollout/deadlines'
import { act, after, begin, earliest, move, wait, type Action, type Decision } from '../rollout/decision'
import { failStage, type Failure } from '../rollout/failing'
import { isOpenGate } from '../rollout/gates'
import { failureOf, isSettled } from '../rollout/judge'
import type { Observation, StageObservation, TargetObservation } from '../rollout/observation'
import { isHeld } from '../rollout/plan-window'
import { identityOfKey } from '../manifest/object-key'
import { counted, nextMeasureAt } from './analysis'
import { standingOf, stepWords, type StepStanding } from './standing'
import { firstStep, nextStep, type Steps } from './steps'

const lookAgainMs = 1_000

/** The release in pods of its own beside what runs, step by step; promoted, it is applied as any other. */
export function planTrial(observation: Observation, stage: StageObservation, now: Date): Decision {
  const { abortReason } = stage
  if (abortReason !== null) return goBack(observation, stage, { reason: abortReason, evidence: [] }, now)
  if (observation.rollout.paused || isHeld(stage)) return standStill(observation, stage, now)
  const failure = stage.targets.map((target) => failureOf(stage, target, now)).find((found) => found !== null)
  if (failure !== undefined) return goBack(observation, stage, failure, now)
  const steps = stage.steps ?? firstStep
  const step = trialOf(stage.spec.strategy)?.steps[steps.at]
  if (step === undefined || nothingToTry(stage))
    return promote(stage, steps, now, step === undefined ? 'Every step passed.' : nothingWords)
  const toApply = stage.targets.filter(isToApply)
  if (toApply.length > 0)
    return act(
      toApply.map((target) => applyStep(observation, target)),
      `${stepWords(stage, steps)}: starting its pods.`,
    )
  if (!stage.targets.every(stands)) return onTheWay(observation, stage, steps, now)
  if (steps.since === null) return reached(stage, steps, now)
  return judgeStep(observation, stage, steps, now)
}

const nothingWords =
  'No Deployment of this stage runs here with other pods than the release has, so there is nothing to try first.'

/** One whose apply was killed before it was recorded is applied again: the same, and known then. */
const isToApply = ({ live, splits, state }: TargetObservation): boolean =>
  live !== null && live.reachable && splits.length > 0 && (live.adrift.length > 0 || state === 'pending')

/** Every cluster was seen, and none runs a Deployment that the release would change. */
const nothingToTry = ({ targets }: StageObservation): boolean =>
  targets.every(({ live, splits }) => live !== null && live.reachable && splits.length === 0)

const podsOf = ({ splits }: TargetObservation): Readonly<Record<string, number>> =>
  Object.fromEntries(splits.map(({ workload, wanted }) => [workload, wanted.pods]))

const applyStep = ({ rollout }: Observation, target: TargetObservation): Action => ({
  kind: 'trial',
  targetId: target.id,
  releaseId: rollout.releaseId,
  weight: target.trafficAt,
  pods: podsOf(target),
})

const stands = ({ live }: TargetObservation): boolean =>
  live !== null &&
  live.reachable &&
  live.adrift.length === 0 &&
  live.workloads.every(({ verdict }) => isSettled(verdict))

function standStill({ rollout }: Observation, stage: StageObservation, now: Date): Decision {
  const who = rollout.paused ? 'a person' : 'a freeze window'
  return wait(after(now, 5_000), `Paused by ${who}; nothing moves on, and the clocks stand still.`, {
    targets: observed(stage.targets, now).writes,
  })
}

/** Its pods come up, with the progress deadline of the stage; what can't be seen is no evidence. */
function onTheWay(observation: Observation, stage: StageObservation, steps: Steps, now: Date): Decision {
  const { writes, progressed } = observed(stage.targets, now)
  const unseen = stage.targets.some(({ live }) => live === null || !live.reachable)
  const late = progressed || unseen ? null : deadlineFailure(stage, now)
  if (late !== null) return goBack(observation, stage, late, now)
  const fresh = { progressAt: after(now, durationMs(stage.spec.deadline.progress)) }
  const moved = progressed || stage.progressAt === null ? fresh : unseen ? afterGap(stage, now) : {}
  const reason = `${stepWords(stage, steps)}: ${waitingWords(stage)}`
  return wait(earliest(after(now, lookAgainMs), stage.progressAt), reason, {
    stages: [
      { id: stage.id, from: stage.state, reason, ...(stage.steps === null ? { steps } : {}), ...moved },
    ],
    targets: writes,
  })
}

function reached(stage: StageObservation, steps: Steps, now: Date): Decision {
  const words = `${stepWords(stage, steps)} stands.`
  const targets = observed(stage.targets, now).writes
  return move(words, {
    stages: [
      {
        id: stage.id,
        from: stage.state,
        reason: words,
        progressAt: null,
        steps: { ...steps, since: now.toISOString() },
      },
    ],
    targets,
    entries: [entry(stage, 'trial_step', words)],
  })
}

/** Its weight stands: the pause, the measurements and the workflow of the step run side by side. */
function judgeStep(observation: Observation, stage: StageObservation, before: Steps, now: Date): Decision {
  const steps = stage.measured === null ? before : { ...before, tally: counted(before.tally, stage.measured) }
  const standing = standingOf(stage, steps, now)
  if (standing.kind === 'failed')
    return goBack(
      observation,
      { ...stage, steps },
      { reason: standing.words, evidence: standing.evidence },
      now,
    )
  const { gate } = standing
  if (gate !== null && gate.state === 'not_started')
    return begin([{ stageId: stage.id, when: 'step', position: gate.position }], `Starting ${gate.workflow}.`)
  if (standing.kind === 'done') return goOn(stage, steps, standing, now)
  const reason = `${stepWords(stage, steps)}: ${standing.words}`
  const step = trialOf(stage.spec.strategy)?.steps[steps.at]
  const analysis = step?.analysis
  const due = analysis !== undefined && isMetric(analysis) ? nextMeasureAt(steps, analysis) : null
  const patience = gate !== null && isOpenGate(gate) ? lookAgainMs : 5_000
  return wait(earliest(after(now, patience), due, standing.until), reason, {
    stages: [
      {
        id: stage.id,
        from: stage.state,
        reason,
        ...(stage.measured === null ? {} : { steps }),
        ...(stage.progressAt === null ? {} : { progressAt: null }),
      },
    ],
    targets: observed(stage.targets, now).writes,
  })
}

function goOn(stage: StageObservation, steps: Steps, { words }: StepStanding, now: Date): Decision {
  const next = nextStep(steps, words)
  const total = trialOf(stage.spec.strategy)?.steps.length ?? 0
  if (next.at >= total) return promote(stage, next, now, `${stepWords(stage, steps)}: ${words}`)
  const reason = `${stepWords(stage, next)} begins.`
  return move(reason, {
    stages: [
      {
        id: stage.id,
        from: stage.state,
        reason,
        steps: next,
        progressAt: after(now, durationMs(stage.spec.deadline.progress)),
      },
    ],
    entries: [entry(stage, 'step_passed', `${stepWords(stage, steps)}: ${words}`)],
  })
}

/** From here on it is a rollout like any other; what stood beside goes once its targets have converged. */
function promote(stage: StageObservation, steps: Steps, now: Date, words: string): Decision {
  return move(`${words} Applying to ${stage.spec.name}.`, {
    stages: [
      {
        id: stage.id,
        from: stage.state,
        state: 'applying',
        reason: 'Applying.',
        steps,
        progressAt: null,
        totalAt: after(now, durationMs(stage.spec.deadline.total)),
      },
    ],
    entries: [{ ...entry(stage, 'promoted', `${words} Applying it to the whole stage.`), audit: true }],
  })
}

/**
 * Where its pods make the weight they go in this very pass: that takes them out of the traffic, and the way back finds
 * what was left of them, were the pass killed. Where something else moves the traffic, the way back moves that home first.
 */
function goBack(observation: Observation, stage: StageObservation, failure: Failure, now: Date): Decision {
  const back = failStage(observation, stage, failure, now)
  const byPods = trialOf(stage.spec.strategy)?.traffic === 'pods'
  const actions = (byPods ? stage.targets : []).flatMap(({ id, applied, live }): Action[] => {
    const own = live !== null && live.reachable ? live.workloads.map(({ key }) => key) : []
    const objects = applied.touched.filter((key) => own.includes(key)).map(identityOfKey)
    return objects.length > 0 ? [{ kind: 'prune', targetId: id, objects }] : []
  })
  const stages = back.writes.stages.map((write) =>
    write.id === stage.id && stage.steps !== null ? { ...write, steps: stage.steps } : write,
  )
  return { ...back, actions, writes: { ...back.writes, stages } }
}

const entry = ({ spec }: StageObservation, kind: string, message: string) => ({
  stage: spec.name,
  cluster: null,
  kind,
  message,
})

import { closedByWords, opensWords } from '@fairlead/contracts/freeze-gate'
import type { Blocker, StageView, TargetView } from '@fairlead/contracts/rollout'
import { isTerminal, type RolloutState } from '@fairlead/contracts/rollout-states'
import { waveBlockers } from './wave-blockers'

interface Facts {
  readonly state: RolloutState
  readonly paused: boolean
  /** Who paused it, in words. */
  readonly pausedBy: string | null
  readonly checkReason: string
  readonly stages: readonly StageView[]
}

const ownerOf: Readonly<Record<string, string>> = {
  Unschedulable: 'the scheduler',
  ImagePullBackOff: 'the registry or the image name',
  ErrImagePull: 'the registry or the image name',
  InvalidImageName: 'the manifest',
  ErrImageNeverPull: 'the node',
  CrashLoopBackOff: 'the application',
  OOMKilled: 'the application',
  ReadinessFailing: 'the application',
  CreateContainerConfigError: 'the manifest',
  QuotaExceeded: 'the owner of the quota',
  ServiceAccountMissing: 'the manifest',
  AdmissionDenied: 'whoever made the admission rule',
  FailedCreate: 'quota or admission',
  NodeNotReady: 'whoever runs the nodes',
}

/** "Why isn't it moving?": what holds the rollout, who can change that, and until when. */
export function blockersOf(facts: Facts): Blocker[] {
  if (isTerminal.rollout(facts.state)) return []
  const stage = facts.stages.find(({ state }) => !isTerminal.stage(state))
  if (stage === undefined) return []
  const paused: Blocker[] = facts.paused
    ? [{ what: facts.pausedBy ?? 'Paused.', owner: 'whoever may operate rollouts', until: null }]
    : []
  return [...paused, ...frozen(stage), ...blockersOfStage(stage, facts.checkReason)]
}

/** What was begun finishes unless its window pauses it: then too it holds the stage. */
function frozen({ state, freeze, name }: StageView): Blocker[] {
  if (freeze === null || freeze.open) return []
  const finishes =
    state === 'trial' || state === 'progressing' || state === 'verifying' || state === 'applying'
  if (finishes && freeze.running === 'finish') return []
  const when = state === 'awaiting_window' ? '' : 'Once everything else is there, it waits: '
  return [
    {
      what: `${name}: ${when}frozen by ${closedByWords(freeze.closedBy)}. ${opensWords(freeze)}`,
      owner: 'an administrator, or two people by an exception',
      until: freeze.opensAt,
    },
  ]
}

function blockersOfStage(stage: StageView, checkReason: string): Blocker[] {
  if (stage.state === 'awaiting_approval') return awaiting(stage)
  if (stage.state === 'awaiting_window')
    return stage.freeze?.open === false ? [] : looking(stage, checkReason)
  if (stage.state === 'planning')
    return [{ what: stage.reason || checkReason, owner: 'Fairlead', until: null }]
  if (stage.state === 'preparing' || stage.state === 'verifying') return gating(stage, checkReason)
  const waves = stage.waves === null ? [] : waveBlockers(stage, stage.waves)
  const moving = stage.waves === null ? stage.targets : stage.targets.filter(isMoving)
  const waits = stage.trial?.waits ?? null
  const step = waits === null ? [] : [{ ...waits, what: `${stage.name}: ${waits.what}` }]
  return [...waves, ...step, ...movingBlockers(moving, stage.deadlines.progressAt)]
}

/** In a stage with waves whatever isn't its turn yet waits for the wave, not for itself. */
const isMoving = ({ state, unreachableSince }: TargetView): boolean =>
  unreachableSince === null && (state === 'applied' || state === 'rolling_back')

/** What has not arrived yet on each target, with its evidence. */
function movingBlockers(targets: readonly TargetView[], stageUntil: string | null): Blocker[] {
  return targets
    .filter(({ state }) => !isTerminal.target(state))
    .flatMap((target): Blocker[] => {
      const until = target.progressAt ?? stageUntil
      const name = target.cluster.name
      if (target.state === 'pending')
        return [
          {
            what: `${name}: ${target.message === '' ? 'not applied yet' : target.message}`,
            owner: name,
            until,
          },
        ]
      return target.workloads
        .filter(({ verdict }) => verdict.state !== 'converged' && verdict.state !== 'unproven')
        .flatMap(({ kind, name: workload, verdict }): Blocker[] => {
          const [first] = verdict.evidence
          if (first === undefined)
            return [
              { what: `${kind} ${workload} on ${name}: ${verdict.message}`, owner: `the ${kind}`, until },
            ]
          return verdict.evidence.slice(0, 5).map(({ reason, message, objectName, owner }) => ({
            what: `${objectName} on ${name}: ${reason}: ${message}`,
            owner: owner ?? ownerOf[reason] ?? `the ${kind}`,
            until,
          }))
        })
    })
}

const looking = ({ reason }: StageView, checkReason: string): Blocker[] => [
  { what: reason || checkReason, owner: 'Fairlead', until: null },
]

function gating({ gates, state, reason, deadlines }: StageView, checkReason: string): Blocker[] {
  const when = state === 'preparing' ? 'before' : 'after'
  const next = gates.find((gate) => gate.when === when && gate.state !== 'succeeded')
  const owner =
    next === undefined ? 'Fairlead' : `${next.airflow === null ? 'the workflow' : 'the DAG'} ${next.workflow}`
  return [{ what: reason || checkReason, owner, until: deadlines.totalAt }]
}

function awaiting({ approval, plan, name }: StageView): Blocker[] {
  const blocked = (plan?.blockers ?? []).map((what) => ({
    what,
    owner: 'the owner of the object',
    until: null,
  }))
  if (approval === null || approval.remaining === 0) return blocked
  const people = approval.remaining === 1 ? 'one approval is' : `${approval.remaining} approvals are`
  return [
    { what: `${name}: ${people} missing`, owner: approval.roles.join(' or '), until: approval.expiresAt },
    ...blocked,
  ]
}

import { durationMs } from '@fairlead/contracts/duration'
import type { Blocker, StageView, TargetView } from '@fairlead/contracts/rollout'
import type { WavesView } from '@fairlead/contracts/waves'

/** Why the next target isn't begun: the stage was halted, a wave bakes, its places are taken, a cluster is silent. */
export function waveBlockers(stage: StageView, waves: WavesView): Blocker[] {
  return [
    ...halted(stage),
    ...silent(stage, waves),
    ...(stage.state === 'halted' ? [] : waiting(stage, waves)),
  ]
}

const halted = ({ name, state, reason }: StageView): Blocker[] =>
  state === 'halted'
    ? [{ what: `${name}: ${reason}`, owner: 'whoever may operate rollouts', until: null }]
    : []

const policyOf = (waves: WavesView): string =>
  ({
    wait: 'it is waited for, then counts as failed',
    skip: 'it is left out until it does',
    fail: 'it counts as failed',
  })[waves.unreachable.policy]

function silent({ targets }: StageView, waves: WavesView): Blocker[] {
  return targets
    .filter(({ unreachableSince, state }) => unreachableSince !== null && isOpen(state))
    .map(({ cluster, wave, unreachableSince }) => ({
      what: `Wave ${wave}: ${cluster.name} does not answer; ${policyOf(waves)}`,
      owner: `whoever runs ${cluster.name}`,
      until:
        waves.unreachable.policy === 'skip' || unreachableSince === null
          ? null
          : new Date(Date.parse(unreachableSince) + durationMs(waves.unreachable.timeout)).toISOString(),
    }))
}

const isOpen = (state: TargetView['state']): boolean =>
  state === 'pending' || state === 'applied' || state === 'baking' || state === 'rolling_back'

function waiting({ targets }: StageView, { lanes, inFlight, maxConcurrent, bakeMs }: WavesView): Blocker[] {
  const left = targets.filter(
    ({ state, unreachableSince }) => state === 'pending' && unreachableSince === null,
  )
  const current = lanes.find(({ state }) => state === 'running' || state === 'baking')
  if (current === undefined) return []
  if (current.state === 'baking')
    return [
      {
        what: `Wave ${current.number} bakes: its targets have to stay well for ${bakeMs / 1000} s${left.length === 0 ? '' : ` before ${left.length} more get the release`}`,
        owner: 'the bake time of the stage',
        until: current.bakesUntil,
      },
    ]
  const here = left.filter(({ wave }) => wave === current.number).length
  if (left.length === 0) return []
  return [
    {
      what:
        here > 0
          ? `Wave ${current.number}: ${here} more wait for one of ${maxConcurrent} places, ${inFlight} of them taken`
          : `${left.length} in later waves wait for wave ${current.number}`,
      owner: 'the waves of the stage',
      until: null,
    },
  ]
}

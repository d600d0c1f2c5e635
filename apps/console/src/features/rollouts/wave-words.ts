import type { Tone } from '@fairlead/contracts/freshness'
import type { TargetView } from '@fairlead/contracts/rollout'
import { targetStates, type TargetState } from '@fairlead/contracts/rollout-states'
import { sentences } from '@fairlead/contracts/sentences'
import type { WaveLane, WavesView } from '@fairlead/contracts/waves'

export const laneMarks = {
  waiting: { word: 'Waits', tone: 'neutral' },
  running: { word: 'Rolling out', tone: 'progress' },
  baking: { word: 'Baking', tone: 'waiting' },
  done: { word: 'Through', tone: 'ok' },
} as const satisfies Record<WaveLane['state'], { word: string; tone: Tone }>

/** `2 converged, 1 failed, 3 not started`: in the order of the state table's words. */
export function countsOf(targets: readonly Pick<TargetView, 'state'>[]): string {
  const states = Object.keys(targetStates) as TargetState[]
  return states
    .map((state) => ({ state, count: targets.filter((target) => target.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${targetStates[state].word.toLowerCase()}`)
    .join(', ')
}

/** What a cell is called: all that its colour, its place and its hover say. */
export function cellOf({ cluster, namespace, state, message, unreachableSince }: CellTarget): string {
  const word = targetStates[state].word
  const silent = unreachableSince === null ? '' : ' It does not answer.'
  const said = message === '' || message.replace(/\.$/, '') === word ? '' : message
  return sentences(`${cluster.name}, ${namespace}: ${word}.${silent}`, said)
}
type CellTarget = Pick<TargetView, 'cluster' | 'namespace' | 'state' | 'message' | 'unreachableSince'>

export function policyWords({ policy, timeout }: WavesView['unreachable']): string {
  return {
    wait: `waits ${timeout} for a cluster that does not answer`,
    skip: 'leaves out a cluster that does not answer until it does',
    fail: 'a cluster that does not answer counts as failed',
  }[policy]
}

/** Cards that are opened by themselves: what moves or went wrong, the gravest first; more would bury each other. */
const openedAtOnce = 6
const gravity: readonly TargetState[] = ['failed', 'rolling_back', 'applied', 'baking']

export function shownTargets(targets: readonly TargetView[], chosen: string | null): readonly TargetView[] {
  if (targets.length <= openedAtOnce) return targets
  const asked = targets.filter(({ id }) => id === chosen)
  const moving = gravity.flatMap((state) => targets.filter((target) => target.state === state))
  return [...asked, ...moving.filter(({ id }) => id !== chosen)].slice(0, openedAtOnce)
}

export const wavesThrough = ({ lanes }: WavesView): string =>
  `${lanes.filter(({ state }) => state === 'done').length} of ${lanes.length} waves through`

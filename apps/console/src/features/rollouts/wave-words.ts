import { isThrough, laneStanding } from '@fairlead/contracts/lane-standing'
import type { StageView, TargetView } from '@fairlead/contracts/rollout'
import { targetStates, type TargetState } from '@fairlead/contracts/rollout-states'
import { sentences } from '@fairlead/contracts/sentences'
import type { WavesView } from '@fairlead/contracts/waves'

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

export function wavesThrough(stage: StageView, { lanes }: WavesView): string {
  const standing = lanes.map((lane) => laneStanding(stage, lane))
  const failed = standing.flatMap((lane) => lane.failed).length
  const through = `${standing.filter(isThrough).length} of ${lanes.length} waves through`
  return failed === 0 ? through : `${through}, ${failed} ${failed === 1 ? 'target' : 'targets'} failed`
}

const namedAtMost = 6

/** As many as can be read; the cells below have them all. */
export function failedWords(failed: readonly string[]): string {
  const more = failed.length - namedAtMost
  return `${failed.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

import type { SchedulingExplanation } from '@fairlead/contracts/pod-why'
import type { ExtensionPoint, PointReached } from '@fairlead/contracts/scheduling-scores'

type Judged = Pick<SchedulingExplanation, 'state' | 'groups' | 'blockers' | 'ranking' | 'nodeCount'> & {
  readonly fits: number
}

const point = (name: ExtensionPoint, state: PointReached['state'], words: string): PointReached => ({
  point: name,
  state,
  words,
})

const after = (...names: readonly ExtensionPoint[]): readonly PointReached[] =>
  names.map((name) => point(name, 'not_reached', 'not reached'))

function stoppedWords({ groups, blockers, nodeCount }: Judged): string {
  const [blocker] = blockers
  if (blocker !== undefined) return `${blocker.code} refuses the pod as a whole`
  const byFilter = new Map<string, number>()
  for (const { filter, count } of groups) byFilter.set(filter, (byFilter.get(filter) ?? 0) + count)
  const parts = [...byFilter].map(([filter, count]) => `${filter} ${count}`)
  return nodeCount === 0 ? 'there are no nodes' : `none of ${nodeCount} nodes passes: ${parts.join(', ')}`
}

/** Pure: how far the pod gets, by the names of the scheduler's extension points. */
export function pointsOf(judged: Judged): readonly PointReached[] {
  const { state, ranking, fits, nodeCount } = judged
  if (state === 'gated')
    return after('filter', 'score', 'reserve', 'bind').map((each) => ({
      ...each,
      words: 'not reached: SchedulingGates keeps it out of the queue',
    }))
  if (state === 'not_modelled' || state === 'not_seen')
    return after('filter', 'score', 'reserve', 'bind').map((each) => ({
      ...each,
      state: 'unknown',
      words: state === 'not_seen' ? 'could not be seen' : 'not modelled',
    }))
  if (state === 'refused')
    return [point('filter', 'stopped', stoppedWords(judged)), ...after('score', 'reserve', 'bind')]
  return [
    point('filter', 'passed', `${fits} of ${nodeCount} ${nodeCount === 1 ? 'node passes' : 'nodes pass'}`),
    point('score', 'passed', ranking?.words ?? ''),
    ...(state === 'placed'
      ? [
          point('reserve', 'passed', 'VolumeBinding kept its volumes, if it has any'),
          point('bind', 'passed', 'DefaultBinder wrote the node into the pod'),
        ]
      : after('reserve', 'bind')),
  ]
}

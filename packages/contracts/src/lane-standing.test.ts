import { describe, expect, it } from 'vitest'
import { isThrough, laneStanding, laneStandings } from './lane-standing'
import type { StageView, TargetView } from './rollout'
import type { StageState, TargetState } from './rollout-states'
import type { WaveLane } from './waves'

const target = (name: string, state: TargetState, namespace = 'shop') => ({
  cluster: { id: name, name, environment: 'production', colour: 1 } satisfies TargetView['cluster'],
  namespace,
  state,
  wave: 1,
})
type Sample = ReturnType<typeof target>

interface Budget {
  readonly allowed: number
  readonly spent: number
}
const stage = (state: StageState, targets: readonly Sample[], budget: Budget) => ({
  state,
  // Another wave's failures are not this one's.
  targets: [...targets, { ...target('elsewhere', 'failed'), wave: 2 }],
  waves: { budget } as StageView['waves'],
})
const stands = (
  [state, lane]: readonly [StageState, WaveLane['state']],
  targets: readonly Sample[],
  budget: Budget = { allowed: 0, spent: 0 },
) => laneStanding(stage(state, targets, budget), { number: 1, state: lane })

const within = { allowed: 1, spent: 1 }
const over = { allowed: 0, spent: 1 }
const good = target('a', 'converged')
const bad = target('b', 'failed')
const left = target('c', 'pending')

describe('what a wave says', () => {
  it.each<[string, StageState, WaveLane['state'], readonly Sample[], string]>([
    ['waits for its turn', 'progressing', 'waiting', [left], 'waiting'],
    ['rolls out', 'progressing', 'running', [good, target('b', 'applied'), left], 'running'],
    ['bakes', 'progressing', 'baking', [good, target('b', 'baking')], 'baking'],
    ['is through', 'progressing', 'done', [good], 'through'],
    ['is through in a stage that was halted later', 'halted', 'done', [good], 'through'],
    ['sees to its end what it had begun', 'halted', 'running', [target('a', 'applied'), left], 'running'],
    ['was halted by a person', 'halted', 'running', [good, left], 'halted'],
    ['was not begun when that happened', 'halted', 'waiting', [left], 'not_begun'],
    ['goes back', 'rolling_back', 'running', [target('a', 'rolling_back')], 'rolling_back'],
    ['went back', 'rolled_back', 'done', [target('a', 'rolled_back')], 'rolled_back'],
    ['had nothing to take back', 'rolled_back', 'done', [target('a', 'cancelled')], 'not_begun'],
    ['was cancelled in the middle', 'cancelled', 'done', [good, target('c', 'cancelled')], 'cancelled'],
    ['was cancelled before it began', 'cancelled', 'done', [target('c', 'cancelled')], 'cancelled'],
    ['was never reached', 'skipped', 'waiting', [left], 'not_begun'],
  ])('%s', (_, state, lane, targets, kind) => {
    expect(stands([state, lane], targets)).toEqual({ kind, failed: [] })
  })

  it.each<[string, StageState, WaveLane['state'], readonly Sample[], Budget, string, string[]]>([
    ['within the budget', 'progressing', 'done', [good, bad], within, 'within_budget', ['b']],
    ['within the budget, and converged', 'converged', 'done', [good, bad], within, 'within_budget', ['b']],
    [
      'alone, and went back',
      'progressing',
      'done',
      [good, target('b', 'rolled_back')],
      within,
      'within_budget',
      ['b'],
    ],
    [
      'alone, and goes back',
      'progressing',
      'running',
      [good, target('b', 'rolling_back')],
      within,
      'rolling_back',
      ['b'],
    ],
    ['while others go on', 'progressing', 'running', [bad, target('d', 'applied')], within, 'running', ['b']],
    ['and halted the stage', 'halted', 'done', [bad], over, 'halted', ['b']],
    ['and halted the stage in the middle of it', 'halted', 'running', [bad, left], over, 'halted', ['b']],
    [
      'within the budget, before a person halted',
      'halted',
      'done',
      [good, bad],
      within,
      'within_budget',
      ['b'],
    ],
    ['and the budget is spent, but nothing decided yet', 'progressing', 'done', [bad], over, 'failed', ['b']],
    ['everywhere', 'failed', 'done', [bad], within, 'failed', ['b']],
    ['and its way back too', 'rolled_back', 'done', [target('a', 'rolled_back'), bad], over, 'failed', ['b']],
  ])('of a target that failed %s', (_, state, lane, targets, budget, kind, failed) => {
    expect(stands([state, lane], targets, budget)).toEqual({ kind, failed })
  })

  it('names the namespace where a cluster has several targets of the wave', () => {
    const two = [target('b', 'failed', 'shop'), target('b', 'converged', 'stock'), target('d', 'failed')]
    expect(stands(['progressing', 'done'], two, { allowed: 5, spent: 2 }).failed).toEqual(['b/shop', 'd'])
  })

  it('is green only when all of it got the release', () => {
    const green = Object.entries(laneStandings).filter(([, { tone }]) => tone === 'ok')
    expect(green.map(([kind]) => kind)).toEqual(['through'])
  })

  it('holds no later wave up once it failed within the budget', () => {
    expect(isThrough(stands(['progressing', 'done'], [good, bad], within))).toBe(true)
    expect(isThrough(stands(['halted', 'done'], [bad], over))).toBe(false)
  })
})

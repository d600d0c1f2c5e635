import { durationMs } from '@fairlead/contracts/duration'
import { isTerminal } from '@fairlead/contracts/rollout-states'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStage, aTarget, anObservation, aWorkload } from '../testing/plan-samples'
import { at } from '../testing/sample-time'
import { aClosedWindow } from '../testing/window-samples'
import type { Decision } from './decision'
import type { Observation, StageObservation, TargetObservation } from './observation'
import { planRollout } from './plan'
import { placed } from './wave-target'
import { inFlight, isSkipped, spentOf } from './waves'

/** What becomes of a target each time that somebody looks at its cluster. */
const fates = ['well', 'broken', 'slow', 'silent', 'flaps', 'blocked'] as const
type Fate = (typeof fates)[number]

const worlds = fc.record({
  maxConcurrent: fc.integer({ min: 1, max: 3 }),
  failureBudget: fc.integer({ min: 0, max: 2 }),
  bake: fc.constantFrom('0s', '30s'),
  policy: fc.constantFrom('wait' as const, 'skip' as const, 'fail' as const),
  onFailure: fc.constantFrom('rollback' as const, 'hold' as const),
  targets: fc.array(
    fc.record({
      wave: fc.integer({ min: 1, max: 3 }),
      fate: fc.constantFrom<Fate>('well', 'well', ...fates),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  /** After that many steps a worker dies between its applies and its record. */
  dies: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
  /** When a person halts it. */
  halts: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
  dice: fc.infiniteStream(fc.nat({ max: 9 })),
})
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never

const stageOf = (world: World): StageObservation => ({
  ...aStage({
    state: 'applying',
    onFailure: world.onFailure,
    waves: {
      maxConcurrent: world.maxConcurrent,
      failureBudget: world.failureBudget,
      bake: world.bake,
      unreachable: { policy: world.policy, timeout: '1m' },
    },
    targets: world.targets.map(({ wave }, index) => ({
      ...aTarget({ state: 'pending' }),
      id: `t${index}`,
      cluster: `c${index}`,
      wave,
      applied: { releaseId: null, objects: {}, touched: [], kept: [], upkeep: [] },
    })),
  }),
  totalAt: null,
  progressAt: null,
})

/** What observeWaves would have seen: only of those that move, or whose turn it is. */
function look(target: TargetObservation, fate: Fate, dice: number): TargetObservation {
  const answers = fate !== 'silent' && !(fate === 'flaps' && dice < 4)
  const silent = { reachable: false, reason: 'refused' } as const
  const base = target.applied.releaseId === 'base'
  const state = base || fate === 'well' || fate === 'flaps' ? 'converged' : 'progressing'
  const broken = fate === 'broken' && !base
  const workload = {
    ...aWorkload(broken ? ('deadline_exceeded' as const) : dice < 5 ? ('progressing' as const) : state),
  }
  const live = answers
    ? ({ reachable: true, workloads: [workload], adrift: [], prunable: [], begun: true } as const)
    : silent
  const begun = target.applied.touched.length > 0
  if (target.state === 'pending')
    return {
      ...target,
      live: begun ? live : null,
      turn: !answers
        ? { kind: 'unreachable', reason: 'refused' }
        : fate === 'blocked' && !begun
          ? { kind: 'blocked', reason: 'denied' }
          : { kind: 'ready' },
    }
  const toApply = target.state === 'rolling_back' && !base
  return { ...target, live: isTerminal.target(target.state) || toApply ? null : live, turn: null }
}

/** What act and record would have written; killed in between, only what act writes by itself. */
function written(observation: Observation, { writes, actions }: Decision, killed: boolean): Observation {
  const applies = new Map(
    actions.flatMap((action) => (action.kind === 'apply' ? [[action.targetId, action.releaseId]] : [])),
  )
  return {
    rollout: {
      ...observation.rollout,
      state: killed ? observation.rollout.state : (writes.rollout?.state ?? observation.rollout.state),
    },
    stages: observation.stages.map((stage) => {
      const write = killed ? undefined : writes.stages.find(({ id }) => id === stage.id)
      return {
        ...stage,
        state: write?.state ?? stage.state,
        targets: stage.targets.map((target): TargetObservation => {
          const releaseId = applies.get(target.id)
          const change = killed ? undefined : writes.targets.find(({ id }) => id === target.id)
          const {
            id: _,
            from: __,
            state: moved,
            ...columns
          } = change ?? { id: '', from: target.state, state: undefined }
          const applied =
            releaseId === undefined
              ? target.applied
              : {
                  ...target.applied,
                  releaseId: killed ? target.applied.releaseId : releaseId,
                  touched: ['web'],
                  objects: { web: { uid: 'u', generation: 1 } },
                }
          const acted =
            releaseId !== undefined && !killed && target.state === 'pending' ? 'applied' : target.state
          return { ...target, ...columns, applied, state: moved ?? acted, live: null, turn: null }
        }),
      }
    }),
  }
}

interface Tick {
  readonly before: StageObservation
  readonly after: StageObservation
  readonly decision: Decision
  readonly now: Date
}

/** Every step of one world until it ends, stands still for good, or `steps` are over. */
function* play(world: World, steps = 250): Generator<Tick> {
  let observation = anObservation([stageOf(world)])
  let now = at(0)
  let quiet = 0
  for (let step = 0; step < steps; step++) {
    const [stage] = observation.stages
    if (stage === undefined || isTerminal.rollout(observation.rollout.state)) return
    // From here on a way back of the whole stage is what plan-rollback.ts decides.
    if (stage.state === 'rolling_back') return
    const halts = world.halts === step && (stage.state === 'applying' || stage.state === 'progressing')
    const before: StageObservation = {
      ...stage,
      state: halts ? 'halted' : stage.state,
      targets: stage.targets.map((target, index) =>
        look(target, world.targets[index]?.fate ?? 'well', world.dice.next().value ?? 0),
      ),
    }
    const seen = { ...observation, stages: [before] }
    const decision = planRollout(seen, now)
    const killed = world.dies.includes(step)
    observation = written(seen, decision, killed)
    const [after] = observation.stages
    if (after === undefined) return
    yield { before, after, decision, now }
    now = decision.next instanceof Date ? decision.next : new Date(now.getTime() + 100)
    // A halted stage in which nothing moves any more stays so.
    const idle = decision.actions.length + decision.writes.targets.length === 0
    quiet = stage.state === 'halted' && idle ? quiet + 1 : 0
    if (quiet > 2 || (decision.next === 'settled' && !killed)) return
  }
}

const begins = ({ before, decision }: Tick): readonly TargetObservation[] =>
  before.targets.filter(
    (target) =>
      target.state === 'pending' &&
      decision.actions.some((action) => action.kind === 'apply' && action.targetId === target.id),
  )
const isNew = ({ applied }: TargetObservation): boolean => applied.touched.length === 0

describe('a stage in waves, whatever its clusters answer and wherever its worker dies', () => {
  const everyTick = (check: (tick: Tick, world: World) => void): void =>
    fc.assert(
      fc.property(worlds, (world) => {
        for (const tick of play(world)) check(tick, world)
      }),
      { numRuns: 60 },
    )

  it('never has more targets in flight than it may', () => {
    everyTick(({ after }, { maxConcurrent }) =>
      expect(after.targets.map(placed).filter(inFlight).length).toBeLessThanOrEqual(
        // Each that failed goes back in the place that it had.
        maxConcurrent +
          after.targets.filter(({ state, convergedAt }) => state === 'rolling_back' && convergedAt !== null)
            .length,
      ),
    )
  })

  it('begins nothing once more have failed than may', () => {
    everyTick((tick, { failureBudget }) => {
      if (begins(tick).some(isNew)) expect(spentOf(tick.before.targets)).toBeLessThanOrEqual(failureBudget)
    })
  })

  it('begins nothing in a halted stage, which is left by a person alone', () => {
    everyTick((tick) => {
      if (tick.before.state !== 'halted') return
      expect(begins(tick).filter(isNew)).toEqual([])
      expect(tick.after.state).toBe('halted')
    })
  })

  it('begins a target only when every earlier wave is through and has baked, but for those left out', () => {
    everyTick((tick, { bake }) => {
      const spec = tick.before.spec.waves
      if (spec === undefined) return
      for (const target of begins(tick).filter(isNew))
        for (const earlier of tick.before.targets.filter(({ wave }) => wave < target.wave)) {
          if (isSkipped(spec, placed(earlier))) continue
          expect(isTerminal.target(earlier.state)).toBe(true)
          if (earlier.state === 'converged' && earlier.convergedAt !== null)
            expect(tick.now.getTime()).toBeGreaterThanOrEqual(
              earlier.convergedAt.getTime() + durationMs(bake),
            )
        }
    })
  })

  it('begins each target at most once', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const begun = new Map<string, number>()
        for (const tick of play(world))
          for (const { id } of begins(tick).filter(isNew)) begun.set(id, (begun.get(id) ?? 0) + 1)
        for (const times of begun.values()) expect(times).toBe(1)
      }),
      { numRuns: 60 },
    )
  })

  it('begins nothing but what a crash left begun while a window is closed', () => {
    everyTick((tick) => {
      const closed = aClosedWindow()
      const decision = planRollout(
        anObservation([{ ...tick.before, state: 'progressing', window: closed }]),
        tick.now,
      )
      expect(begins({ ...tick, decision }).filter(isNew)).toEqual([])
    })
  })

  it('comes to an end: converged, back, halted or failed', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const ticks = [...play({ ...world, halts: null }, 1_500)]
        const last = ticks.at(-1)
        expect(['converged', 'rolling_back', 'failed', 'halted']).toContain(last?.after.state)
        const converged = last?.after.targets.filter(({ state }) => state === 'converged') ?? []
        if (last?.after.state === 'converged') {
          expect(converged.length).toBeGreaterThan(0)
          expect(last.after.targets.length - converged.length).toBeLessThanOrEqual(world.failureBudget)
        }
      }),
      { numRuns: 60 },
    )
  })
})

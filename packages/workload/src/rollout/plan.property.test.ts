import { isTerminal, rolloutStates, stageStates, targetStates } from '@fairlead/contracts/rollout-states'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { observations } from '../testing/any-observation'
import { aTarget } from '../testing/plan-samples'
import { at } from '../testing/sample-time'
import { aClosedWindow } from '../testing/window-samples'
import type { Decision } from './decision'
import type { Observation, StageObservation } from './observation'
import { planRollout } from './plan'

const decide = (observation: Observation): Decision => planRollout(observation, at(0))

describe('planRollout, for every observation', () => {
  it('answers, and moves only along the state tables', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const { writes, next } = decide(observation)
        const to = writes.rollout?.state
        if (to !== undefined && to !== observation.rollout.state)
          expect(rolloutStates[observation.rollout.state].next).toContain(to)
        for (const { from, state } of writes.stages)
          if (state !== undefined && state !== from) expect(stageStates[from].next).toContain(state)
        for (const { from, state } of writes.targets)
          if (state !== undefined && state !== from) expect(targetStates[from].next).toContain(state)
        if (next instanceof Date) expect(Number.isNaN(next.getTime())).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('decides nothing from a terminal state', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        fc.pre(isTerminal.rollout(observation.rollout.state))
        const { writes, actions } = decide(observation)
        expect([writes.stages, writes.targets, writes.standing, writes.rollout?.state]).toEqual([
          [],
          [],
          undefined,
          undefined,
        ])
        expect(actions.filter(({ kind }) => kind !== 'release')).toEqual([])
      }),
    )
  })

  it('settles: decision after decision ends in waiting, acting or the end', () => {
    fc.assert(
      fc.property(observations, (start) => {
        let observation = start
        for (let step = 0; step < 40; step++) {
          const decision = decide(observation)
          const { actions, starts, next } = decision
          if (next !== 'again' || actions.length > 0 || starts.length > 0) return
          observation = written(observation, decision)
        }
        throw new Error('it never settles')
      }),
      { numRuns: 1_000 },
    )
  })

  it('acts on a cluster only from a state that says so', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const { actions } = decide(observation)
        const current = observation.stages.find(({ state }) => !isTerminal.stage(state))
        if (actions.some(({ kind }) => kind === 'apply'))
          expect(['applying', 'progressing', 'halted', 'rolling_back']).toContain(current?.state)
        if (actions.some(({ kind }) => kind === 'prune'))
          expect(['trial', 'progressing', 'halted', 'rolling_back']).toContain(current?.state)
        if (actions.some(({ kind }) => kind === 'trial')) expect(current?.state).toBe('trial')
      }),
    )
  })

  it('begins no object before what runs before it has succeeded, and converges after what runs after it', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const { writes } = decide(observation)
        for (const { id, from, state } of writes.stages) {
          const gates = observation.stages.find((stage) => stage.id === id)?.gates ?? []
          const open = (when: string) =>
            gates.some((gate) => gate.when === when && gate.state !== 'succeeded')
          if (state === 'applying') expect(open('before')).toBe(false)
          if (state === 'converged' && from !== 'converged') expect(open('after')).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('starts a workflow only in its own time, and one that was not started yet', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        for (const { stageId, when, position } of decide(observation).starts) {
          const stage = observation.stages.find(({ id }) => id === stageId)
          expect(stage?.state).toBe({ before: 'preparing', step: 'trial', after: 'verifying' }[when])
          const own = stage?.gates.filter((gate) => gate.when === when) ?? []
          expect(own.find((gate) => gate.position === position)?.state).toBe('not_started')
          for (const earlier of own.filter((gate) => gate.position < position && when !== 'step'))
            expect(earlier.state).toBe('succeeded')
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('begins nothing while a window is closed: no object, no workflow before it, and no state that says so', () => {
    const states = fc.constantFrom(
      ...([
        'pending',
        'planning',
        'awaiting_approval',
        'awaiting_window',
        'preparing',
        'trial',
        'applying',
      ] as const),
    )
    fc.assert(
      fc.property(observations, states, closedWindows, (start, state, window) => {
        const { actions, starts, writes } = decide(standingAt(start, { state, window }, true))
        expect([actions, starts]).toEqual([[], []])
        const moved = writes.stages.map((write) => write.state)
        expect(moved.some((next) => next === 'preparing' || next === 'trial' || next === 'applying')).toBe(
          false,
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('does nothing but pause to what runs while a window that pauses it is closed', () => {
    fc.assert(
      fc.property(observations, (start) => {
        const window = aClosedWindow('pause')
        const { actions, writes } = decide(standingAt(start, { state: 'progressing', window }, false))
        expect(actions.filter(({ kind }) => kind !== 'hold')).toEqual([])
        expect(writes.stages.filter(({ state }) => state !== undefined)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  it('applies nothing while a stage prepares', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const current = observation.stages.find(({ state }) => !isTerminal.stage(state))
        fc.pre(current?.state === 'preparing' && !isTerminal.rollout(observation.rollout.state))
        expect(decide(observation).actions).toEqual([])
      }),
    )
  })
})

const closedWindows = fc.constantFrom(aClosedWindow(), aClosedWindow('pause'), {
  ...aClosedWindow(),
  opensAt: null,
})

/** The same rollout while its first stage stands there, before anything of it is in a cluster if `untouched`. */
function standingAt(
  { rollout, stages }: Observation,
  standing: Pick<StageObservation, 'state' | 'window'>,
  untouched: boolean,
): Observation {
  const [first, ...later] = stages
  if (first === undefined) return { rollout: { ...rollout, state: 'running' }, stages: [] }
  const targets = untouched ? first.targets.map(() => aTarget({ state: 'pending' })) : first.targets
  return {
    rollout: { ...rollout, state: standing.state === 'awaiting_approval' ? 'waiting' : 'running' },
    stages: [
      { ...first, ...standing, targets },
      ...later.map((stage) => ({ ...stage, state: 'pending' as const })),
    ],
  }
}

/** What record would have written. */
function written(observation: Observation, { writes }: Decision): Observation {
  return {
    rollout: { ...observation.rollout, state: writes.rollout?.state ?? observation.rollout.state },
    stages: observation.stages.map((stage) => {
      const write = writes.stages.find(({ id }) => id === stage.id)
      return {
        ...stage,
        state: write?.state ?? stage.state,
        plan: write?.plan ?? stage.plan,
        planDigest: write?.plan?.digest ?? stage.planDigest,
        planRequestedAt: write?.planRequestedAt ?? stage.planRequestedAt,
        progressAt: write?.progressAt === undefined ? stage.progressAt : write.progressAt,
        totalAt: write?.totalAt === undefined ? stage.totalAt : write.totalAt,
        heldAt: write?.heldAt === undefined ? stage.heldAt : write.heldAt,
        steps: write?.steps ?? stage.steps,
        targets: stage.targets.map((target) => {
          const change = writes.targets.find(({ id }) => id === target.id)
          return { ...target, state: change?.state ?? target.state }
        }),
      }
    }),
  }
}

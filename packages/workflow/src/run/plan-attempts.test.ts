import { describe, expect, it } from 'vitest'
import { createPlanWorld } from '../testing/plan-world'
import { documentOf } from '../testing/workflow-scene'
import type { Observation } from './observation'
import { planRun } from './plan'
import type { AttemptRow } from './rows'
import { orphanAfterMs, stuckAfterMs } from './start-claim'
import { after } from './times'

const givenUpAt = new Date('2026-01-01T13:00:00Z')

/** A running task whose attempt was given up, and which may be tried again. */
function stopping(attempt: Partial<AttemptRow>, more: Partial<Observation> = {}): Observation {
  const world = createPlanWorld(documentOf([{ id: 'a', retries: { max: 3 } }]))
  while (world.live().length === 0) world.pass()
  const [live] = world.live()
  const seen = world.observe()
  if (live === undefined) throw new Error('Nothing runs.')
  const given = {
    ...live,
    state: 'stopping',
    stopCause: 'timeout',
    stopReason: 'It ran longer than its timeout.',
    observedPhase: 'running',
    finishBy: after(givenUpAt, orphanAfterMs),
  } as const
  return { ...seen, tasks: [...world.rows.values()], attempts: [{ ...given, ...attempt }], ...more }
}

const planAfter = (seen: Observation, ms: number) => planRun(seen, after(givenUpAt, ms))
const away: Partial<Observation> = {
  clusters: new Map([['one', { reachable: false, reason: 'No route', since: givenUpAt }]]),
}

describe('an attempt that is being stopped', () => {
  it('is asked to stop as long as there is hope, ever more seldom', () => {
    const pauses = [0, 5_000, 60_000, stuckAfterMs - 1].map((ms) => {
      const plan = planAfter(stopping({}), ms)
      expect(plan.stops).toHaveLength(1)
      expect(plan.attempts).toMatchObject([{ state: 'stopping', upkeep: 'none' }])
      return (plan.attempts[0]?.nextAt?.getTime() ?? 0) - givenUpAt.getTime() - ms
    })
    expect(pauses).toEqual([1_000, 1_000, 7_500, 15_000])
  })

  it('becomes an orphan where its cluster answers and does not let go of it, and nothing starts beside it', () => {
    const plan = planAfter(stopping({}), stuckAfterMs)
    expect(plan.stops).toEqual([])
    expect(plan.attempts).toMatchObject([{ state: 'failed', cause: 'timeout', upkeep: 'kill' }])
    expect(plan.tasks).toMatchObject([{ taskId: 'a', state: 'failed' }])
    expect(plan.tasks[0]?.reason).toContain('It is an orphan, cleanup pending.')
    expect(plan.run.state).toBe('failed')
    expect(plan.entries).toContainEqual({
      taskId: 'a',
      index: null,
      kind: 'orphan',
      message:
        'Attempt 1 is an orphan, cleanup pending: Cluster one answers, and has not let go of it for 10 minutes.',
    })
  })

  it('lets a cancelled run end', () => {
    const seen = stopping({ stopCause: 'cancelled', stopReason: 'enough' })
    const run = { ...seen.run, state: 'cancelling', cancelReason: 'enough', cancelledBy: 'Ada' } as const
    const plan = planAfter({ ...seen, run }, stuckAfterMs)
    expect(plan.attempts).toMatchObject([{ state: 'cancelled', upkeep: 'kill' }])
    expect(plan.tasks).toMatchObject([{ state: 'cancelled' }])
    expect(plan.run).toMatchObject({ state: 'cancelled', openTasks: 0 })
  })

  it('becomes an orphan sooner where its cluster is silent, and may be tried again', () => {
    expect(planAfter(stopping({}, away), orphanAfterMs - 1).stops).toHaveLength(1)
    const plan = planAfter(stopping({}, away), orphanAfterMs)
    expect(plan.attempts).toMatchObject([{ state: 'failed', upkeep: 'kill' }])
    expect(plan.tasks).toMatchObject([{ state: 'retrying' }])
  })

  it('has the result that it was seen to have, however late', () => {
    const plan = planAfter(stopping({ observedPhase: 'succeeded', observedAt: givenUpAt }), stuckAfterMs)
    expect(plan.attempts).toMatchObject([{ state: 'succeeded', upkeep: 'archive' }])
  })
})

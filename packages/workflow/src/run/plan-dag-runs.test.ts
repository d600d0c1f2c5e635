import { describe, expect, it } from 'vitest'
import { createPlanWorld } from '../testing/plan-world'
import { documentOf } from '../testing/workflow-scene'
import type { Observation } from './observation'
import { planRun } from './plan'
import type { AttemptRow } from './rows'

const now = new Date('2026-01-01T12:00:00Z')
const place = 'airflow/nightly'
const given: Partial<Observation> = { destinations: [{ cluster: place, namespace: '*' }] }
const document = documentOf([
  { id: 'a', airflow: { connection: 'nightly', dag: 'etl', conf: { n: 1 } }, retries: { max: 1 } },
])

/** A run whose task is about to be started. */
const ready = (more: Partial<Observation>) => {
  const world = createPlanWorld(document)
  return planRun({ ...world.observe(), ...more }, now)
}

/** The same with its attempt under way. */
const running = (seen: Partial<AttemptRow>, more: Partial<Observation> = {}) => {
  const [candidate] = ready(given).candidates
  if (candidate === undefined) throw new Error('nothing was to be started')
  const world = createPlanWorld(document)
  const row = { ...candidate.row, state: 'running' as const, attempts: 1 }
  const attempt = {
    ...noAttempt,
    spec: candidate.spec,
    cluster: candidate.cluster,
    observedAt: now,
    ...seen,
  }
  const observed = { ...world.observe(), tasks: [row], attempts: [attempt], ...given, ...more }
  return planRun({ ...observed, run: { ...observed.run, state: 'running' } }, now)
}
const noAttempt: Omit<AttemptRow, 'spec' | 'cluster'> = {
  key: 'a-1',
  taskId: 'a',
  index: -1,
  number: 1,
  generation: 0,
  token: '',
  state: 'accepted',
  specHash: '',
  observedSeq: 1,
  observedPhase: null,
  observedCause: null,
  observedReason: '',
  observedExit: null,
  observedOutput: null,
  observedAt: null,
  stopCause: null,
  stopReason: '',
  startTries: 0,
  dirty: true,
  nextAt: null,
  startBy: null,
  finishBy: null,
  createdAt: now,
  acceptedAt: now,
  startedAt: null,
}

describe('a task that is a DAG run', () => {
  it('is started in an Airflow that was given to the project', () => {
    expect(ready(given).candidates).toMatchObject([
      { cluster: place, spec: { dag: 'etl', conf: { n: 1 } }, row: { taskId: 'a' } },
    ])
  })

  it.each([
    ['none', []],
    ['another', [{ cluster: 'airflow/weekly', namespace: '*' }]],
    ['a cluster of that name', [{ cluster: 'nightly', namespace: '*' }]],
  ])('fails where the project was given %s', (_, destinations) => {
    const plan = ready({ destinations })
    expect(plan.candidates).toEqual([])
    expect(plan.tasks).toMatchObject([
      { state: 'failed', reason: expect.stringMatching(/^The project may not use Airflow nightly/) },
    ])
  })

  it('waits for an Airflow that is away, and says since when', () => {
    const away = { reachable: false, reason: 'nothing listens there.', since: now }
    const plan = ready({ ...given, clusters: new Map([[place, away]]) })
    expect(plan.candidates).toEqual([])
    expect(plan.tasks).toMatchObject([
      {
        state: 'ready',
        reason: "Airflow nightly can't be reached since 2026-01-01T12:00:00.000Z: nothing listens there.",
      },
    ])
  })

  it('is not given up by its timeout while its Airflow is away', () => {
    const away = { reachable: false, reason: 'nothing listens there.', since: now }
    const plan = running({ observedPhase: 'running', finishBy: now }, { clusters: new Map([[place, away]]) })
    expect(plan.stops).toEqual([])
    expect(plan.tasks[0]?.reason).toMatch(/^Its state is unknown: Airflow nightly has not answered since/)
  })

  it('gives what its DAG run gave', () => {
    const observedOutput = JSON.stringify({ dagRunId: 'x', state: 'success', url: null })
    expect(running({ observedPhase: 'succeeded', observedOutput }).tasks).toMatchObject([
      { state: 'succeeded', outputs: { dagRunId: 'x', state: 'success', url: null } },
    ])
  })

  it('is tried again when its DAG run failed, as a container is', () => {
    const failed = {
      observedPhase: 'failed',
      observedCause: 'dag_run',
      observedReason: 'It failed.',
    } as const
    expect(running(failed)).toMatchObject({
      attempts: [{ state: 'failed', cause: 'dag_run' }],
      tasks: [{ state: 'retrying', tried: { max: 1 } }],
    })
  })

  it('is lost when its DAG run was deleted, and a new one may be started', () => {
    const plan = running({ observedPhase: 'vanished' })
    expect(plan.attempts).toMatchObject([{ state: 'lost', cause: 'lost' }])
    expect(plan.tasks).toMatchObject([
      { state: 'retrying', reason: expect.stringMatching(/^Its DAG run is not in Airflow nightly any more/) },
    ])
  })
})

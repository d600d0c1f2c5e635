import { stageSchema } from '@fairlead/contracts/application'
import { describe, expect, it } from 'vitest'
import { answered, gatesOf, gateWords, nextGate, notesFor } from './gates'
import { lookAt } from './observe-gates'

const spec = stageSchema.parse({
  name: 'staging',
  targets: { clusters: ['staging'], namespace: 'shop' },
  before: [{ workflow: 'migrate' }, { airflow: { connection: 'nightly', dag: 'etl', conf: { n: 1 } } }],
})
const [migrate, etl] = gatesOf(spec, [])
if (migrate === undefined || etl === undefined) throw new Error('the stage has two gates')
const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute))
const silent = (minute: number) => ({
  kind: 'silent' as const,
  reason: 'nothing listens there',
  at: at(minute),
})
const running = {
  kind: 'run' as const,
  id: 'fairlead-gate__x',
  number: null,
  state: 'running' as const,
  reason: 'Its DAG run is running.',
  url: 'http://airflow/dags/etl',
}
const asked = { rollout: { id: 'r', projectId: 'p' }, stage: 'staging' }
const port = (answer: Awaited<ReturnType<Parameters<typeof lookAt>[0]['workflows']['standingOf']>>) => ({
  workflows: { standingOf: () => Promise.resolve(answer), problemOf: () => Promise.resolve(null) },
})

describe('gates of a stage', () => {
  it('are workflows and DAGs, in their order', () => {
    expect([migrate.workflow, etl.workflow]).toEqual(['migrate', 'etl in Airflow nightly'])
    expect(etl.order).toEqual({ airflow: { connection: 'nightly', dag: 'etl', conf: { n: 1 } } })
    expect(nextGate({ gates: [answered(migrate, { ...running, state: 'succeeded' }), etl] }, 'before')).toBe(
      etl,
    )
  })

  it('keep what is known of a DAG run, its address too', () => {
    const notes = notesFor([migrate, answered(etl, running)])
    expect(notes).toMatchObject([{ workflow: 'etl in Airflow nightly', run: running.id, url: running.url }])
    expect(gatesOf(spec, JSON.parse(JSON.stringify(notes)))[1]).toEqual(answered(etl, running))
    expect(gateWords(answered(etl, running))).toBe('Runs before it: etl in Airflow nightly: Running')
  })

  it('say since when nobody answers, and are not failed by it', () => {
    const first = answered(answered(etl, running), silent(1))
    const later = answered(first, silent(9))
    expect(later).toMatchObject({ state: 'running', run: running.id })
    expect(later.reason).toBe('No answer since 2026-11-28T12:01:00.000Z: nothing listens there')
    expect(answered(later, running)).toEqual(answered(etl, running))
  })

  it('are asked for again where nobody knows whether the first asking arrived', async () => {
    const waiting = answered(etl, silent(1))
    expect(waiting).toMatchObject({ state: 'queued', run: null })
    expect(await lookAt(port(silent(2)), asked, waiting)).toEqual(waiting)
    expect(await lookAt(port(null), asked, waiting)).toEqual(etl)
    expect(await lookAt(port(running), asked, waiting)).toEqual(answered(etl, running))
  })

  it('are refused when their run was deleted', async () => {
    expect(await lookAt(port(null), asked, answered(etl, running))).toMatchObject({
      state: 'refused',
      reason: 'Its run is gone.',
    })
  })
})

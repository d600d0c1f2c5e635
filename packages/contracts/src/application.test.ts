import { expect, it } from 'vitest'
import { durationMs, stageSchema } from './application'
import { durationSchema } from './duration'

it.each([
  ['45s', 45_000],
  ['2m', 120_000],
  ['1h30m', 5_400_000],
  ['24h', 86_400_000],
])('%s is %i ms', (text, ms) => {
  expect(durationSchema.safeParse(text).success).toBe(true)
  expect(durationMs(text)).toBe(ms)
})

it.each(['', '5', 'm', '-1s', '1d', '1.5h', '1s2m'])('refuses "%s" as a duration', (text) => {
  expect(durationSchema.safeParse(text).success).toBe(false)
})

it('a stage names DAGs of a connected Airflow beside workflows, and nothing that is both', () => {
  const stage = { name: 'staging', targets: { clusters: ['staging'], namespace: 'shop' } }
  const airflow = { connection: 'nightly', dag: 'etl/daily', conf: { day: 1 } }
  const parsed = stageSchema.parse({ ...stage, before: [{ airflow }, { workflow: 'migrate' }] })
  expect(parsed.before).toEqual([{ airflow }, { workflow: 'migrate', parameters: {} }])
  // A document that was stored is read again.
  expect(stageSchema.parse(parsed)).toEqual(parsed)
  for (const wrong of [
    {},
    { airflow, workflow: 'x' },
    { airflow, parameters: {} },
    { airflow: { dag: 'x' } },
  ])
    expect(stageSchema.safeParse({ ...stage, after: [wrong] }).success).toBe(false)
})

it('a stage names workflows before and after it, and has none unless it does', () => {
  const stage = { name: 'staging', targets: { clusters: ['staging'], namespace: 'shop' } }
  expect(stageSchema.parse(stage)).toMatchObject({ before: [], after: [] })
  const after = [{ workflow: 'smoke-test', parameters: { url: 'http://web', tries: 3 } }]
  const parsed = stageSchema.parse({ ...stage, before: [{ workflow: 'migrate-database' }], after })
  expect(parsed).toMatchObject({ before: [{ workflow: 'migrate-database', parameters: {} }], after })
  expect(stageSchema.safeParse({ ...stage, before: [{ name: 'migrate-database' }] }).success).toBe(false)
})

it('a stage takes its targets all at once unless it says waves, and what it leaves out is the cautious choice', () => {
  const stage = { name: 'fleet', targets: { selector: { fleet: 'edge' }, namespace: 'shop' } }
  expect(stageSchema.parse(stage).waves).toBeUndefined()
  const parsed = stageSchema.parse({
    ...stage,
    waves: { order: ['region', { label: 'ring', values: ['canary'] }] },
  })
  expect(parsed.waves).toMatchObject({
    maxConcurrent: 1,
    bake: '0s',
    failureBudget: 0,
    unreachable: { policy: 'wait', timeout: '10m' },
  })
  // A document that was stored is read again.
  expect(stageSchema.parse(parsed)).toEqual(parsed)
})

import { describe, expect, it } from 'vitest'
import { isId, isOfIndex, labelsOf, originOf } from './pod-labels'
import { covers } from './pod-sight'
import { mayBeHashed, safeLabel } from './safe-label'

describe('a value as Airflow writes it into a label', () => {
  // Each pair as make_safe_label_value of apache-airflow-providers-cncf-kubernetes 10.25.0 gave it.
  it.each([
    ['etl', 'etl'],
    ['group.task', 'group.task'],
    ['a.b-c_d', 'a.b-c_d'],
    ['manual__2026-11-28T12:00:00.123+00:00', 'manual__2026-11-28T120000.1230000-3e148659a'],
    ['daily load', 'dailyload-2bf6201ad'],
    ['load[3]', 'load3-26fb7f504'],
    ['-a-', 'a-9ad117707'],
    ['a_é_b_', 'a__b-d84356dbd'],
    ['über', 'ber-860828352'],
    ['日本', '-4dbed2e65'],
    ['_', '-b14a7b805'],
    ['a\n', 'a-60b725f10'],
    ['x'.repeat(63), 'x'.repeat(63)],
    ['x'.repeat(64), `${'x'.repeat(53)}-c1bb4f81d`],
    ['', ''],
  ])('%j: %s', (value, label) => {
    expect(safeLabel(value)).toBe(label)
    expect(mayBeHashed(label)).toBe(label !== value)
  })
})

const run = 'scheduled__2026-11-28T00:00:00+00:00'
const ref = { dag: 'daily load', run, task: 'load', mapIndex: -1 }
const labels = {
  dag_id: safeLabel('daily load'),
  run_id: safeLabel(run),
  task_id: 'load',
  try_number: '2',
  airflow_version: '3.3.2',
}

describe('labels of one task instance', () => {
  it('are what its pods carry, with the index where it has one', () => {
    expect(labelsOf(ref)).toEqual({
      dag_id: labels.dag_id,
      run_id: labels.run_id,
      task_id: 'load',
    })
    expect(labelsOf({ ...ref, mapIndex: 3 })).toMatchObject({ map_index: '3' })
  })

  it.each([
    [{}, -1, true],
    [{ map_index: '0' }, -1, false],
    [{ map_index: '0' }, 0, true],
    [{ map_index: '1' }, 0, false],
    [{ map_index: 'x' }, -1, true],
  ])('%j is of index %d: %s', (own, index, is) => {
    expect(isOfIndex(own, index)).toBe(is)
  })
})

describe('what a pod says of its task', () => {
  const operator = { ...labels, kubernetes_pod_operator: 'True' }
  const executor = { ...labels, kubernetes_executor: 'True', map_index: '4' }

  it('is nothing where no Airflow made it', () => {
    expect(originOf(labels, {})).toBeNull()
    expect(originOf({ kubernetes_executor: 'True', dag_id: 'etl' }, {})).toBeNull()
    expect(originOf({ ...operator, kubernetes_pod_operator: 'False' }, {})).toBeNull()
  })

  it('is what the labels say, where they are the values themselves', () => {
    expect(originOf(operator, {})).toEqual({
      by: 'operator',
      dag: { text: labels.dag_id, exact: false },
      run: { text: labels.run_id, exact: false },
      task: { text: 'load', exact: true },
      mapIndex: -1,
      tryNumber: 2,
      airflowVersion: '3.3.2',
    })
  })

  it('is what the annotations say, where the labels agree', () => {
    const origin = originOf(executor, { dag_id: 'daily load', run_id: run, task_id: 'another' })
    expect(origin).toMatchObject({
      by: 'executor',
      dag: { text: 'daily load', exact: true },
      run: { text: run, exact: true },
      task: { text: 'load', exact: true },
      mapIndex: 4,
    })
  })

  it('survives a run that is not named, as before Airflow 2.2', () => {
    const { run_id: _, ...older } = operator
    expect(originOf(older, {})?.run).toBeNull()
  })

  it.each([
    [{ text: 'etl', exact: true }, 'etl', true],
    [{ text: 'etl', exact: true }, 'etl2', false],
    [{ text: safeLabel(run), exact: false }, run, true],
    [{ text: safeLabel(run), exact: false }, 'scheduled__2026-11-29T00:00:00+00:00', false],
    // Its own text, which only looks like a hash.
    [{ text: 'x-123456789', exact: false }, 'x-123456789', true],
  ])('%j means %s: %s', (said, value, is) => {
    expect(isId(said, value)).toBe(is)
  })
})

describe('where the pods of a connection are looked for', () => {
  it.each([
    [[], true],
    [['staging/*'], true],
    [['staging/airflow'], true],
    [['staging/other'], false],
    [['production/*'], false],
  ])('%j covers staging/airflow: %s', (places, is) => {
    expect(covers(places, 'staging', 'airflow')).toBe(is)
  })
})

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

// As build_labels_for_k8s_executor_pod and construct_pod of the provider write them; its date is execution_date with
// Airflow 2, logical_date with Airflow 3, where a run by hand may have none.
describe('a pod of KubernetesExecutor', () => {
  const long = `${'customer-lifetime-value.'.repeat(3)}recompute`
  const written = (dag: string, runId: string, task: string) => ({
    dag_id: safeLabel(dag),
    run_id: safeLabel(runId),
    task_id: safeLabel(task),
    kubernetes_executor: 'True',
  })
  const plain = (dag: string, runId: string, task: string) => ({ dag_id: dag, run_id: runId, task_id: task })
  const exact = (text: string) => ({ text, exact: true })

  it.each<[string, Record<string, string>, Record<string, string>, object]>([
    [
      'of Airflow 2.10',
      {
        ...written('daily load', run, 'load'),
        try_number: '1',
        airflow_version: '2.10.5',
        'airflow-worker': '12',
        execution_date: '2026-11-28T00_00_00_plus_00_00',
        tier: 'airflow',
        component: 'worker',
        release: 'airflow',
      },
      {
        ...plain('daily load', run, 'load'),
        try_number: '1',
        execution_date: '2026-11-28T00:00:00+00:00',
      },
      { dag: exact('daily load'), run: exact(run), task: exact('load'), mapIndex: -1, tryNumber: 1 },
    ],
    [
      'of Airflow 2.10, of a mapped task on its second try',
      {
        ...written('etl', run, 'each'),
        try_number: '2',
        map_index: '0',
        airflow_version: '2.10.5',
        'airflow-worker': '12',
        execution_date: '2026-11-28T00_00_00_plus_00_00',
      },
      { ...plain('etl', run, 'each'), try_number: '2', map_index: '0' },
      { dag: exact('etl'), run: exact(run), task: exact('each'), mapIndex: 0, tryNumber: 2 },
    ],
    [
      'of Airflow 3.3, of a run by hand and a task in a group',
      {
        ...written('etl', 'manual__2026-11-28T12:00:00.123+00:00', 'group.load'),
        try_number: '1',
        airflow_version: '3.3.2',
        'airflow-worker': '7',
      },
      { ...plain('etl', 'manual__2026-11-28T12:00:00.123+00:00', 'group.load'), try_number: '1' },
      {
        run: exact('manual__2026-11-28T12:00:00.123+00:00'),
        task: exact('group.load'),
        mapIndex: -1,
        airflowVersion: '3.3.2',
      },
    ],
    [
      'of Airflow 3.3, with a name that no label holds',
      {
        ...written(long, run, long),
        try_number: '10',
        map_index: '1023',
        airflow_version: '3.3.2.dev0-build',
        'airflow-worker': '7',
        logical_date: '2026-11-28T00_00_00_plus_00_00',
      },
      { ...plain(long, run, long), try_number: '10', map_index: '1023' },
      { dag: exact(long), task: exact(long), mapIndex: 1023, tryNumber: 10 },
    ],
  ])('%s says whose it is', (_, own, annotations, origin) => {
    expect(originOf(own, annotations)).toMatchObject({ by: 'executor', ...origin })
    expect(isOfIndex(own, (origin as { mapIndex: number }).mapIndex)).toBe(true)
  })

  it('carries what is asked for when pods of its task are looked for', () => {
    const ids = { dag: long, run, task: 'each', mapIndex: 3 }
    const own = { ...written(long, run, 'each'), map_index: '3', try_number: '1', 'airflow-worker': '7' }
    expect(own).toMatchObject(labelsOf(ids))
    expect(own.dag_id).toHaveLength(63)
  })

  it('is known by its labels alone where its annotations were taken away', () => {
    const own = { ...written(long, run, 'load'), try_number: '1', airflow_version: '3.3.2' }
    const origin = originOf(own, {})
    expect(origin).toMatchObject({ dag: { exact: false }, run: { exact: false }, task: exact('load') })
    expect(origin !== null && isId(origin.dag, long)).toBe(true)
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

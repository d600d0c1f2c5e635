import type { DagRow, DagRunRow, TaskInstanceRow } from '@fairlead/contracts/airflow'
import { FairleadError } from '@fairlead/contracts/errors'
import { describe, expect, it } from 'vitest'
import { findOwner } from './find-owner'
import { originOf } from './pod-labels'
import { safeLabel } from './safe-label'

const dag = 'daily load'
const runs = Array.from({ length: 250 }, (_, day) => `scheduled__day ${day}`)
const asked: string[] = []
const none = () => Promise.reject(new FairleadError('not_found', 'none'))
const pageOf = <T>(items: readonly T[], offset: number) =>
  Promise.resolve({ items: items.slice(offset, offset + 100), total: items.length })

/** An Airflow with one DAG of an odd name, in the part of its client that is asked here. */
const airflow: Parameters<typeof findOwner>[0] = {
  dags: ({ offset }) => pageOf([{ dag: 'other' }, { dag }] as DagRow[], offset),
  dag: (id) =>
    id === 'plain'
      ? Promise.resolve({ dag: { dag: id } as DagRow, params: [], doc: null, file: null })
      : none(),
  run: (ref) => (ref.run === 'first' ? Promise.resolve({ run: ref.run } as DagRunRow) : none()),
  runs: (_, offset) => {
    asked.push(`runs from ${offset}`)
    return pageOf(
      runs.map((run) => ({ run }) as DagRunRow),
      offset,
    )
  },
  instances: () =>
    pageOf(
      [
        { task: 'load', mapIndex: -1 },
        { task: 'each', mapIndex: 2 },
      ] as TaskInstanceRow[],
      0,
    ),
}

const owner = (said: Record<string, string>) => {
  const origin = originOf({ kubernetes_pod_operator: 'True', ...said }, {})
  if (origin === null) throw new Error('these labels name a task')
  return findOwner(airflow, origin)
}

describe('the task instance that a pod was made for', () => {
  it('is found by the hashes of its ids, on a later page too', async () => {
    const said = { dag_id: safeLabel(dag), run_id: safeLabel('scheduled__day 230'), task_id: 'load' }
    expect(await owner(said)).toEqual({ dag, run: 'scheduled__day 230', task: 'load', mapIndex: -1 })
    expect(asked).toEqual(['runs from 0', 'runs from 100', 'runs from 200'])
  })

  it('is asked for by name where the labels hold the names', async () => {
    expect(await owner({ dag_id: 'plain', run_id: 'first', task_id: 'each', map_index: '2' })).toEqual({
      dag: 'plain',
      run: 'first',
      task: 'each',
      mapIndex: 2,
    })
  })

  it.each([
    ['DAG', { dag_id: 'unknown', run_id: 'first', task_id: 'load' }],
    ['hashed DAG', { dag_id: safeLabel('un known'), run_id: 'first', task_id: 'load' }],
    ['run', { dag_id: 'plain', run_id: 'second', task_id: 'load' }],
    ['hashed run', { dag_id: 'plain', run_id: safeLabel('a b'), task_id: 'load' }],
    ['task', { dag_id: 'plain', run_id: 'first', task_id: 'store' }],
    ['index', { dag_id: 'plain', run_id: 'first', task_id: 'each', map_index: '3' }],
  ])('is none where the Airflow has no such %s', async (_what, said) => {
    expect(await owner(said)).toBeNull()
  })

  it('is none where the pod does not name its run', async () => {
    expect(await owner({ dag_id: 'plain', task_id: 'load' })).toBeNull()
  })
})

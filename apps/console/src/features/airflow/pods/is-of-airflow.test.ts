import { expect, it } from 'vitest'
import { isOfAirflow } from './is-of-airflow'

it.each([
  ['Pod', { kubernetes_executor: 'True' }, true],
  ['Pod', { kubernetes_pod_operator: 'True' }, true],
  ['Pod', { kubernetes_pod_operator: 'False' }, false],
  ['Pod', { dag_id: 'etl', task_id: 'load' }, false],
  ['Deployment', { kubernetes_executor: 'True' }, false],
] as const)('a %s with %j was made by Airflow: %s', (kind, labels, is) => {
  expect(isOfAirflow({ kind, labels })).toBe(is)
})

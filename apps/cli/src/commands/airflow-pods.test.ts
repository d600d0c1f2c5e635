import type { AirflowPods } from '@fairlead/contracts/airflow-pods'
import { expect, it } from 'vitest'
import { podsText } from './airflow-pods'

const staging = { id: 'a', name: 'staging', environment: 'staging', colour: 0 } as const
const none: AirflowPods = {
  pods: [],
  cut: false,
  fullQuotas: [],
  notLive: [],
  clusters: 1,
  narrowed: false,
}

it('says where no pod is seen, and what would keep one out', () => {
  const text = podsText(
    {
      ...none,
      fullQuotas: [
        {
          cluster: staging,
          namespace: 'etl',
          name: 'small',
          resources: [{ resource: 'pods', used: '2', hard: '2' }],
        },
      ],
      notLive: [{ ...staging, freshness: { state: 'stale', lastSeenAt: null, message: null } }],
    },
    [],
  )
  expect(text.split('\n')).toEqual([
    'No pod of it is seen in clusters that you see.',
    'The quota small of staging/etl is used up: pods 2 of 2.',
    'staging is not known as it is now: stale.',
  ])
  expect(podsText({ ...none, narrowed: true }, [])).toBe(
    'No pod of it is seen where the connection says that its pods run.',
  )
})

it('lists pods with why they wait', () => {
  const pod = {
    cluster: staging,
    namespace: 'etl',
    name: 'load-x',
    uid: 'u',
    status: 'Pending',
    state: 'pending',
    node: null,
    tryNumber: 2,
    createdAt: new Date().toISOString(),
  }
  const text = podsText({ ...none, pods: [pod] }, ['load-x: no node fits'])
  expect(text).toMatch(/staging +etl +load-x +Pending +2/)
  expect(text).toMatch(/load-x: no node fits$/)
})

import type { EventRow } from '@fairlead/contracts/inventory'
import { describe, expect, it } from 'vitest'
import { creationRefusal } from './creation-refusal'

const now = new Date('2026-11-27T12:00:00Z')
const message = 'pods "web" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2'
const condition = (status: string) => ({
  type: 'ReplicaFailure',
  status,
  reason: 'FailedCreate',
  message,
  since: null,
})
const event = (minutesAgo: number) =>
  ({
    reason: 'FailedCreate',
    message,
    lastAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  }) as EventRow
const lacking = { desired: 3, current: 2 }

describe('what refuses the pods of a workload', () => {
  it.each([
    ['its condition', { conditions: [condition('True')], replicas: lacking, events: [] }, 'quota'],
    [
      'nothing, once the condition is over',
      { conditions: [condition('False')], replicas: { desired: 3, current: 3 }, events: [] },
      undefined,
    ],
    [
      'the newest event, of a kind without a condition',
      { conditions: [], replicas: lacking, events: [event(1)] },
      'quota',
    ],
    [
      'nothing, when all pods exist',
      { conditions: [], replicas: { desired: 3, current: 3 }, events: [event(1)] },
      undefined,
    ],
    [
      'nothing, when the event is long past',
      { conditions: [], replicas: lacking, events: [event(60)] },
      undefined,
    ],
  ])('is %s', (_what, seen, code) => {
    expect(creationRefusal({ ...seen, now })?.code).toBe(code)
  })
})

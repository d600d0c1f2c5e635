import { describe, expect, it } from 'vitest'
import { samplesIn } from './samples'

const now = new Date('2026-11-28T10:00:00Z')
const usage = { cpu: '12500000n', memory: '64Mi' }
const pod = (change: object = {}) => ({
  metadata: { namespace: 'shop', name: 'web-1' },
  timestamp: '2026-11-28T09:59:30Z',
  window: '15.03s',
  containers: [{ name: 'web', usage }],
  ...change,
})
const node = (change: object = {}) => ({
  metadata: { name: 'n1' },
  timestamp: '2026-11-28T09:59:30Z',
  window: '1m0s',
  usage: { cpu: '1500m', memory: '2Gi' },
  ...change,
})
const read = (pods: object[], nodes: object[] = []) =>
  samplesIn({ state: 'read', pods, nodes } as Parameters<typeof samplesIn>[0], now)

describe('samples', () => {
  it('are read with their time and window, a pod being the sum of its containers', () => {
    const containers = [
      { name: 'web', usage },
      { name: 'proxy', usage: { cpu: '2m', memory: '1Mi' } },
    ]
    expect(read([pod({ containers })], [node()])).toEqual([
      {
        kind: 'Pod',
        namespace: 'shop',
        name: 'web-1',
        at: '2026-11-28T09:59:30.000Z',
        windowSeconds: 15.03,
        cpuMillis: 14.5,
        memoryBytes: 65 * 2 ** 20,
        containers: [
          { container: 'web', cpuMillis: 12.5, memoryBytes: 64 * 2 ** 20 },
          { container: 'proxy', cpuMillis: 2, memoryBytes: 2 ** 20 },
        ],
      },
      {
        kind: 'Node',
        namespace: '',
        name: 'n1',
        at: '2026-11-28T09:59:30.000Z',
        windowSeconds: 60,
        cpuMillis: 1_500,
        memoryBytes: 2 ** 31,
        containers: [],
      },
    ])
  })

  it.each<[string, object]>([
    ['a container that was not measured', { containers: [{ name: 'web', usage }, { name: 'proxy' }] }],
    ['a container measured by half', { containers: [{ name: 'web', usage: { cpu: '1m' } }] }],
    ['no container', { containers: [] }],
    ['no time', { timestamp: 'soon' }],
    ['a time to come', { timestamp: '2026-11-28T11:00:00Z' }],
    ['a time long past', { timestamp: '2026-11-28T08:00:00Z' }],
    ['absurd figures', { containers: [{ name: 'web', usage: { cpu: '1e50', memory: '-1' } }] }],
    ['no name', { metadata: { namespace: 'shop' } }],
    ['a list instead of an object', { metadata: [], containers: 7 }],
  ])('are none of a pod with %s', (_name, change) => {
    expect(read([pod(change)])).toEqual([])
  })

  it('are none of a node without figures', () => {
    expect(
      read([], [node({ usage: undefined }), node({ usage: { cpu: '1' } }), node({ metadata: {} })]),
    ).toEqual([])
  })
})

import type { WorkloadUsageView } from '@fairlead/contracts/usage'
import { describe, expect, it } from 'vitest'
import { usageText } from './usage-text'

const now = Date.parse('2026-11-28T10:00:00Z')
const view: WorkloadUsageView = {
  cluster: { id: 'c', name: 'kyiv' },
  source: { state: 'read', words: '', at: '2026-11-28T09:59:30Z' },
  containers: [
    {
      container: 'web',
      resources: [
        {
          resource: 'cpu',
          verdict: 'over',
          request: 1_000,
          limit: null,
          p95: 61.3,
          peak: 400,
          proposed: 80,
          words: 'far too much',
          evidence: 'p95 of 2,880 samples since 2026-11-26 10:00 UTC',
        },
      ],
    },
  ],
  pods: [
    {
      pod: 'web-1',
      sample: { at: '2026-11-28T09:59:15Z', windowSeconds: 15, cpuMillis: 0.2, memoryBytes: 64 * 2 ** 20 },
    },
    { pod: 'web-2', sample: null },
  ],
  notes: ['An autoscaler counts in them.'],
}

describe('usage for people', () => {
  it('gives figures in the units of requests, and a pod that was not measured no figure', () => {
    expect(usageText(view, now).split('\n')).toEqual([
      'Measured (asked 30s ago)',
      '',
      expect.stringMatching(/^CONTAINER +RESOURCE +VERDICT +REQUEST +LIMIT +P95 +PEAK +PROPOSED +WHY$/),
      expect.stringMatching(/^web +cpu +over +1000m +- +62m +400m +80m +far too much \(p95 of 2,880 samples/),
      '',
      'An autoscaler counts in them.',
      '',
      expect.stringMatching(/^POD +CPU +MEMORY +MEASURED$/),
      expect.stringMatching(/^web-1 +1m +64Mi +45s ago$/),
      expect.stringMatching(/^web-2 +not measured$/),
    ])
  })

  it('says why nothing is known', () => {
    const nothing = { ...view, containers: [], pods: [], notes: [] }
    expect(usageText({ ...nothing, source: null }, now)).toBe('The cluster has not been asked yet.')
    const source = { state: 'absent' as const, words: 'No metrics API', at: '2026-11-28T09:58:00Z' }
    expect(usageText({ ...nothing, source }, now)).toBe('No metrics API (asked 2m ago)')
  })
})

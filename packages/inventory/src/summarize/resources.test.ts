import { describe, expect, it } from 'vitest'
import { humanDuration } from './human-duration'
import { quantity } from '@fairlead/insight/quantity'
import { effectiveRequests } from './resources'

const asks = (cpu: string, memory: string, more: object = {}) => ({
  resources: { requests: { cpu, memory } },
  ...more,
})
const always = { restartPolicy: 'Always' }

describe('a quantity', () => {
  it.each([
    ['1', 1],
    ['250m', 0.25],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['128Mi', 128 * 2 ** 20],
    ['1e3', 1000],
    ['2E', 2e18],
    ['100k', 100_000],
    ['12345n', 12345e-9],
    ['', 0],
    ['abc', 0],
    ['1Zi', 0],
    [undefined, 0],
    [2, 2],
  ])('%s is %s', (text, value) => {
    expect(quantity(text)).toBeCloseTo(value, 12)
  })
})

describe('what a pod reserves', () => {
  it.each([
    ['the sum of its containers', { containers: [asks('100m', '1Mi'), asks('200m', '2Mi')] }, 300, 3],
    [
      'the largest init container when that is more',
      { containers: [asks('100m', '1Mi')], initContainers: [asks('1', '5Mi'), asks('500m', '9Mi')] },
      1000,
      9,
    ],
    [
      'its sidecars beside its containers',
      { containers: [asks('100m', '1Mi')], initContainers: [asks('50m', '1Mi', always)] },
      150,
      2,
    ],
    [
      'an init container with the sidecars before it',
      {
        containers: [asks('100m', '1Mi')],
        initContainers: [asks('50m', '1Mi', always), asks('400m', '1Mi')],
      },
      450,
      2,
    ],
    [
      'no sidecar that comes after the init container',
      {
        containers: [asks('100m', '1Mi')],
        initContainers: [asks('400m', '1Mi'), asks('50m', '1Mi', always)],
      },
      400,
      2,
    ],
    [
      'its overhead too',
      { containers: [asks('100m', '1Mi')], overhead: { cpu: '10m', memory: '1Mi' } },
      110,
      2,
    ],
    [
      'what it asks for as a whole',
      { resources: { requests: { cpu: '2' } }, containers: [asks('100m', '1Mi')] },
      2000,
      1,
    ],
    ['nothing without requests', { containers: [{}] }, 0, 0],
  ])('is %s', (_name, spec, cpuMillis, mebibytes) => {
    expect(effectiveRequests(spec)).toEqual({ cpuMillis, memoryBytes: mebibytes * 2 ** 20 })
  })

  it('stays within what a column holds, whatever is asked for', () => {
    const { cpuMillis, memoryBytes } = effectiveRequests({
      containers: [asks('1e90', '1e90'), asks('1e90', '1e90')],
    })
    expect(cpuMillis).toBeLessThan(2 ** 31)
    expect(Number.isSafeInteger(memoryBytes)).toBe(true)
  })
})

describe('a duration in kubectl’s words', () => {
  it.each([
    [0, '0s'],
    [119_000, '119s'],
    [120_000, '2m'],
    [150_000, '2m30s'],
    [600_000, '10m'],
    [3 * 3600_000, '3h'],
    [3 * 3600_000 + 60_000, '3h1m'],
    [9 * 3600_000, '9h'],
    [50 * 3600_000, '2d2h'],
    [10 * 86400_000, '10d'],
    [800 * 86400_000, '2y70d'],
    [9 * 365 * 86400_000, '9y'],
  ])('%s ms is %s', (ms, words) => {
    expect(humanDuration(ms)).toBe(words)
  })
})

import { describe, expect, it } from 'vitest'
import { amountWords, podRequests } from './requests'

const asks = (cpu: string, more: object = {}) => ({ name: 'c', resources: { requests: { cpu } }, ...more })
const always = { restartPolicy: 'Always' }

describe('what a pod reserves', () => {
  it.each([
    ['the sum of its containers', { containers: [asks('100m'), asks('200m')] }, 300],
    [
      'the largest init container when that is more',
      { containers: [asks('100m')], initContainers: [asks('1'), asks('500m')] },
      1000,
    ],
    [
      'sidecars beside its containers',
      { containers: [asks('100m')], initContainers: [asks('200m', always)] },
      300,
    ],
    [
      'an init container with the sidecars before it',
      { containers: [asks('100m')], initContainers: [asks('200m', always), asks('1')] },
      1200,
    ],
    [
      'an init container without the sidecars after it',
      { containers: [asks('100m')], initContainers: [asks('1'), asks('200m', always)] },
      1000,
    ],
    [
      'what it asks for as a whole',
      { containers: [asks('100m')], resources: { requests: { cpu: '2' } } },
      2000,
    ],
    ['its overhead on top', { containers: [asks('100m')], overhead: { cpu: '50m' } }, 150],
    ['thirds without an error of representation', { containers: [asks('0.1'), asks('0.2')] }, 300],
    ['nothing for what is no quantity', { containers: [asks('lots')] }, 0],
    ['nothing for a spec of another shape', { containers: 'none', initContainers: { a: 1 } }, undefined],
  ])('%s', (_what, spec, cpu) => {
    expect(podRequests(spec).get('cpu')).toBe(cpu)
  })

  it('is the larger of asked and given while a resize is under way', () => {
    const status = { containerStatuses: [{ name: 'c', allocatedResources: { cpu: '700m' } }] }
    expect(podRequests({ containers: [asks('100m')] }, status).get('cpu')).toBe(700)
  })

  it.each([
    ['cpu', 1500, '1500m'],
    ['cpu', 2000, '2'],
    ['memory', 1.5 * 2 ** 30, '1.5Gi'],
    ['memory', 12, '12'],
    ['example.com/gpu', 3, '3'],
  ])('%s %s is written %s', (resource, amount, words) => {
    expect(amountWords(resource, amount)).toBe(words)
  })
})

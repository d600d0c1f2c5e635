import { describe, expect, it } from 'vitest'
import { boundsPods, judgeLimitRange } from './limit-ranges'
import { admittedSpec } from './pod-template'

type Limits = Readonly<Record<string, string>>
interface Sizes {
  readonly requests?: Limits
  readonly limits?: Limits
}
const range = (...limits: readonly object[]) => ({
  metadata: { name: 'sizes', labels: { 'app.kubernetes.io/managed-by': 'platform-team' } },
  spec: { limits },
})
const container = (name: string, resources: Sizes) => ({ name, resources })
/** As admission leaves it, with the range's own defaults filled in. */
const judge = (limits: object, containers: readonly object[], more: object = {}) => {
  const template = { spec: { containers, ...more } }
  const object = { kind: 'Deployment', metadata: { name: 'web' }, spec: { template } }
  const spec = admittedSpec(object, [range(limits)])
  return judgeLimitRange(range(limits), [{ spec, workload: 'Deployment web' }], 'fairlead.dev/application')
}

const small = container('web', {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '200m', memory: '256Mi' },
})
const each = (bounds: object) => ({ type: 'Container', ...bounds })
const whole = (bounds: object) => ({ type: 'Pod', ...bounds })

describe('a limit range', () => {
  it.each<[string, object, readonly object[], string]>([
    ['of a minimum', each({ min: { cpu: '250m' } }), [small], 'web requests less than 250m of cpu'],
    [
      'of a minimum, where nothing is requested',
      each({ min: { memory: '64Mi' } }),
      [container('web', {})],
      'web requests no memory, at least 64Mi of memory is asked for',
    ],
    [
      'of a maximum',
      each({ max: { memory: '200Mi' } }),
      [small],
      'the limit of web is above 200Mi of memory',
    ],
    [
      'of a maximum, where there is no limit',
      each({ max: { cpu: '1' } }),
      [container('web', { requests: { cpu: '100m' } })],
      'web has no limit for cpu, at most 1 is allowed',
    ],
    [
      'of a maximum, by what is requested',
      each({ max: { memory: '1Gi' } }),
      [container('web', { requests: { memory: '2Gi' }, limits: { memory: '512Mi' } })],
      'web requests more than 1Gi of memory',
    ],
    [
      'of a ratio',
      each({ maxLimitRequestRatio: { cpu: '1.5' } }),
      [small],
      'the limit of web for cpu is more than 1.5 times its request',
    ],
    [
      'of a ratio, where nothing is said',
      each({ maxLimitRequestRatio: { cpu: '2' } }),
      [container('web', {})],
      'web has no request or no limit for cpu, whose ratio may be 2 at most',
    ],
    [
      'of the second container',
      each({ max: { cpu: '500m' } }),
      [small, container('proxy', { limits: { cpu: '1' } })],
      'the limit of proxy is above 500m of cpu',
    ],
    [
      'of the sum of a pod',
      whole({ max: { memory: '400Mi' } }),
      [small, { ...small, name: 'proxy' }],
      'the limit of the pod is above 400Mi of memory',
    ],
    [
      'of the least of a pod',
      whole({ min: { cpu: '0.5' } }),
      [small],
      'the pod requests less than 0.5 of cpu',
    ],
  ])('%s refuses a pod', (_, limits, containers, words) => {
    expect(judge(limits, containers)).toEqual({
      name: 'sizes',
      owner: 'platform-team',
      verdict: 'refused',
      words: `Deployment web: ${words}`,
    })
  })

  it('judges init containers too', () => {
    const more = { initContainers: [container('migrate', { limits: { memory: '4Gi' } })] }
    expect(judge(each({ max: { memory: '1Gi' } }), [small], more).words).toBe(
      'Deployment web: the limit of migrate is above 1Gi of memory',
    )
  })

  it.each<[string, object, readonly object[], object?]>([
    ['at its minimum', each({ min: { cpu: '0.1', memory: '128Mi' } }), [small]],
    ['at its maximum', each({ max: { cpu: '0.2', memory: '0.25Gi' } }), [small]],
    [
      'at its minimum, written otherwise',
      each({ min: { cpu: '700m' }, max: { cpu: '0.7' } }),
      [container('web', { requests: { cpu: '0.7' }, limits: { cpu: '700m' } })],
    ],
    ['at its ratio', each({ maxLimitRequestRatio: { cpu: '2', memory: '2' } }), [small]],
    [
      'as its own defaults fill it in',
      each({ min: { cpu: '50m' }, default: { cpu: '1' }, defaultRequest: { cpu: '1' }, max: { cpu: '1' } }),
      [container('web', {})],
    ],
    [
      'whose overhead alone is over',
      whole({ max: { memory: '256Mi' } }),
      [small],
      { overhead: { memory: '1Gi' } },
    ],
    ['that holds no claim', { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }, [small]],
  ])('lets a pod be %s', (_, limits, containers, more) => {
    expect(judge(limits, containers, more)).toMatchObject({ verdict: 'fits' })
  })

  it('is of pods where it bounds them', () => {
    expect(boundsPods(range(each({ max: { cpu: '1' } })))).toBe(true)
    expect(boundsPods(range(whole({ min: { cpu: '1' } })))).toBe(true)
    expect(boundsPods(range(each({ default: { cpu: '1' } })))).toBe(false)
    expect(boundsPods(range({ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }))).toBe(false)
  })
})

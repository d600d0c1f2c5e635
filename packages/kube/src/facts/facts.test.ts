import { describe, expect, it } from 'vitest'
import { expired, testCertificate, testKey, validNow } from '../test-certificate'
import { servedIn, statusManagersOf } from './custom-resources'
import { deprecatedApisIn } from './deprecated-apis'
import { budgetFact, horizontalFact, namespaceFact, verticalFact } from './policies'
import { bundleEnds } from './webhooks'

describe('what is read of a cluster', () => {
  it('takes deprecated APIs out of the metrics, but for series of nothing', () => {
    const text = [
      '# TYPE apiserver_requested_deprecated_apis gauge',
      'apiserver_requested_deprecated_apis{group="policy",removed_release="1.25",resource="poddisruptionbudgets",subresource="",version="v1beta1"} 1',
      'apiserver_requested_deprecated_apis{group="batch",removed_release="1.25",resource="cronjobs",subresource="",version="v1beta1"} 0',
      'apiserver_request_total{group="policy"} 4',
    ].join('\n')
    expect(deprecatedApisIn(text)).toEqual([
      {
        group: 'policy',
        version: 'v1beta1',
        resource: 'poddisruptionbudgets',
        subresource: '',
        removedRelease: '1.25',
      },
    ])
  })

  it('finds where a custom resource is served, by its preferred version, and whether it has a status', () => {
    const resource = (subresources: object[]) => [{ resource: 'widgets', subresources }]
    const served = servedIn([
      {
        metadata: { name: 'example.org' },
        versions: [
          { version: 'v2', resources: resource([{ subresource: 'status' }]) },
          { version: 'v1', resources: resource([]) },
        ],
      },
    ])
    expect(served.get('widgets.example.org')).toEqual({
      path: '/apis/example.org/v2/widgets',
      hasStatus: true,
    })
  })

  it('names who writes a status, once each', () => {
    const object = (...managers: string[]) => ({
      metadata: {
        managedFields: [
          { manager: 'kubectl', operation: 'Apply' },
          ...managers.map((manager) => ({ manager, subresource: 'status' })),
        ],
      },
    })
    expect(statusManagersOf([object('b'), object('a', 'b'), {}])).toEqual(['a', 'b'])
  })

  it('reads the first end of a bundle, and none of what is no certificate', () => {
    const key = testKey()
    const encoded = (...pems: string[]) => Buffer.from(pems.join('')).toString('base64')
    const [valid, ended] = [testCertificate(key, validNow), testCertificate(key, expired)]
    expect(Date.parse(bundleEnds(encoded(valid)) ?? '')).toBeGreaterThan(Date.now())
    expect(Date.parse(bundleEnds(encoded(valid, ended)) ?? '')).toBeLessThan(Date.now())
    expect(bundleEnds('bm90IGEgY2VydGlmaWNhdGU=')).toBeNull()
    expect(bundleEnds(undefined)).toBeNull()
  })

  it('reads objects with missing and absurd fields', () => {
    for (const absurd of [{}, { metadata: 7, spec: [], status: 'x' }]) {
      expect(namespaceFact(absurd)).toEqual({ name: '', labels: {}, terminatingSince: null, remaining: [] })
      expect(budgetFact(absurd)).toMatchObject({ selector: null, disruptionsAllowed: 0 })
      expect(horizontalFact(absurd)).toMatchObject({ resources: [], minReplicas: 1 })
      expect(verticalFact(absurd)).toMatchObject({ resources: ['cpu', 'memory'], active: true })
    }
  })

  it('says what still holds a namespace', () => {
    const fact = namespaceFact({
      metadata: { name: 'old', deletionTimestamp: '2026-11-23T10:00:00Z' },
      spec: { finalizers: ['kubernetes'] },
      status: { conditions: [{ type: 'NamespaceContentRemaining', status: 'True', message: 'pods. has 1' }] },
    })
    expect(fact.remaining).toEqual(['pods. has 1', 'finalizer kubernetes'])
  })
})

import type { PlanPreview, StagePlan } from '@fairlead/contracts/rollout'
import { expect, test } from 'vitest'
import { planText } from './plan-text'

const stage: StagePlan = {
  stage: 'production',
  digest: 'd',
  computedAt: '2026-11-28T10:00:00.000Z',
  targets: [
    {
      cluster: { id: 'c', name: 'east', environment: 'production', colour: 0 },
      namespace: 'shop',
      objects: [],
      trial: [
        {
          workload: 'web',
          beside: 'web-canary',
          stablePods: 4,
          steps: [
            { weight: 10, pods: 1, actual: 20 },
            { weight: 50, pods: 4, actual: 50 },
          ],
        },
      ],
      surge: {
        verdict: 'refused',
        words:
          'ResourceQuota team (owned by platform): Deployment web would bring pods to 3 of 2, 2 are used',
        workloads: [
          {
            kind: 'Deployment',
            name: 'web',
            now: 2,
            peak: 3,
            after: 2,
            words: 'maxSurge 1',
            requests: [],
            placement: {
              verdict: 'fits',
              words: '2 pods on node a',
              wanted: 2,
              placed: 2,
              nodes: [{ node: 'a', pods: 2 }],
              groups: [],
            },
          },
        ],
        quotas: [
          {
            name: 'team',
            owner: 'platform',
            verdict: 'refused',
            words: '',
            amounts: [{ resource: 'pods', now: '2', peak: '3', limit: '2', over: true }],
          },
        ],
        capacity: [{ resource: 'cpu', now: '1', peak: '2', limit: '8', over: false }],
        unseen: [{ what: 'limit ranges', why: 'forbidden' }],
        notes: [],
      },
    },
  ],
  checks: [
    { check: 'limits', severity: 'warn', passed: false, message: 'no limit', object: 'Deployment web' },
    {
      check: 'replicas',
      severity: 'error',
      passed: false,
      message: '1 replica',
      object: 'Deployment web',
      waiver: { by: 'ada', reason: 'until Friday', until: '2026-12-04T00:00:00.000Z' },
    },
    { check: 'requests', severity: 'warn', passed: true, message: 'all', object: 'Deployment web' },
  ],
  confirm: ['east: It deletes StatefulSet db, and its pods with it.'],
  blockers: [],
  warnings: [],
}
const plan: PlanPreview = {
  application: 'checkout',
  project: 'shop',
  releaseDigest: 'r',
  images: [],
  stages: [stage],
  windows: [],
}

test('a plan says what is tried first, what the update needs at its peak, what failed, who waived it, and what to type', () => {
  const text = planText(plan)
  for (const line of [
    /^Tried first on east: pods of web-canary beside 4 of web: 10%: 1 \(20%\), 50%: 4$/m,
    /^Surge on east: ResourceQuota team \(owned by platform\)/m,
    /^Deployment\/web +2 +3 +2 +a \+2/m,
    /^quota team +pods +2 +3 +2/m,
    /^all nodes +cpu +1 +2 +8/m,
    /not seen: limit ranges: forbidden/,
    /^Checks: 1 of 3 passed/m,
    /^waived by ada until 2026-12-04: until Friday +replicas/m,
    /confirm: east: It deletes StatefulSet db.* Deploy with --confirm-prune checkout/,
  ])
    expect(text).toMatch(line)
})

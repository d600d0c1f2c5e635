import type { KubeObject } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { classify, type DrainOptions } from './classify'

const careful: DrainOptions = { emptyDir: false, unmanaged: false }
const owner = (kind: string) => [{ apiVersion: 'apps/v1', kind, name: 'web', uid: 'o', controller: true }]
interface Wish {
  readonly owner?: string
  readonly phase?: string
  readonly ready?: boolean
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly volumes?: readonly Readonly<Record<string, unknown>>[]
}
const pod = ({ owner: kind, phase = 'Running', ready = true, metadata, volumes = [] }: Wish): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: 'u1',
    labels: { app: 'web' },
    ...(kind === undefined ? {} : { ownerReferences: owner(kind) }),
    ...metadata,
  },
  spec: { volumes },
  status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
})
interface BudgetWish {
  readonly name?: string
  readonly allowed: number
  readonly healthy?: number
  readonly desired?: number
  readonly spec?: Readonly<Record<string, unknown>>
  readonly observed?: number
}
const budget = ({
  name = 'web-pdb',
  allowed,
  healthy = 2,
  desired = 2,
  spec,
  observed = 1,
}: BudgetWish): KubeObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'shop', generation: 1 },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  status: {
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    observedGeneration: observed,
  },
})
const step = (wish: Wish, budgets: readonly KubeObject[] = [], options = careful) =>
  classify([pod(wish)], budgets, options)[0]

describe('what a drain does with a pod', () => {
  it.each([
    ['one with a controller is evicted', { owner: 'ReplicaSet' }, 'evict', /ReplicaSet web starts another/],
    ['one of a DaemonSet stays', { owner: 'DaemonSet' }, 'leave', /DaemonSet web would put it back/],
    [
      'a static pod stays, whoever owns it',
      { owner: 'Node', metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } },
      'leave',
      /static pod/,
    ],
    ['one of nobody is refused', {}, 'refuse', /gone for good/],
    [
      'one with an emptyDir is refused',
      { owner: 'ReplicaSet', volumes: [{ name: 'cache', emptyDir: {} }] },
      'refuse',
      /cache/,
    ],
    [
      'one that has ended goes, with an emptyDir and without an owner',
      { phase: 'Failed', volumes: [{ name: 'c', emptyDir: {} }] },
      'evict',
      /ended/,
    ],
    [
      'one that stops already is waited for',
      { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } },
      'evict',
      /stopping/,
    ],
  ] as const)('%s', (_, wish, expected, reason) => {
    expect(step(wish)).toMatchObject({ step: expected, reason: expect.stringMatching(reason) as string })
  })

  it('takes along what it was told to', () => {
    const told = { emptyDir: true, unmanaged: true }
    expect(step({ volumes: [{ name: 'c', emptyDir: {} }] }, [], told)).toMatchObject({
      step: 'evict',
      emptyDirs: ['c'],
    })
  })
})

describe('budgets', () => {
  const web = { owner: 'ReplicaSet' }
  it.each([
    ['allows it', [budget({ allowed: 1 })], web, 'evict', /allows 1 at a time/],
    [
      'allows none: it waits, with the numbers',
      [budget({ allowed: 0 })],
      web,
      'wait',
      /2 healthy, at least 2/,
    ],
    [
      'was changed and not looked at since',
      [budget({ allowed: 3, observed: 0 })],
      web,
      'wait',
      /no disruption now/,
    ],
    [
      'is one of two',
      [budget({ allowed: 1 }), budget({ name: 'other', allowed: 1 })],
      web,
      'wait',
      /web-pdb and other/,
    ],
    [
      'has no selector: it covers nothing',
      [budget({ allowed: 0, spec: { selector: null } })],
      web,
      'evict',
      /another elsewhere/,
    ],
    [
      'has an empty selector: it covers all',
      [budget({ allowed: 0, spec: { selector: {} } })],
      web,
      'wait',
      /no disruption/,
    ],
    [
      'selects by expressions',
      [
        budget({
          allowed: 0,
          spec: { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } },
        }),
      ],
      web,
      'evict',
      /another elsewhere/,
    ],
    [
      'does not count a pod that never started',
      [budget({ allowed: 0 })],
      { ...web, phase: 'Pending' },
      'evict',
      /not started/,
    ],
    [
      'lets an unready pod go while the others are enough',
      [budget({ allowed: 0 })],
      { ...web, ready: false },
      'evict',
      /not ready/,
    ],
    [
      'keeps an unready pod while the others are not enough',
      [budget({ allowed: 0, healthy: 1 })],
      { ...web, ready: false },
      'wait',
      /1 healthy/,
    ],
    [
      'always lets unready pods go when it says so',
      [budget({ allowed: 0, healthy: 0, spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } })],
      { ...web, ready: false },
      'evict',
      /not ready/,
    ],
  ] as const)('%s', (_, budgets, wish, expected, reason) => {
    expect(step(wish, budgets)).toMatchObject({
      step: expected,
      reason: expect.stringMatching(reason) as string,
    })
  })

  it('of another namespace does not count', () => {
    const foreign = {
      ...budget({ allowed: 0 }),
      metadata: { name: 'web-pdb', namespace: 'bank', generation: 1 },
    }
    expect(step(web, [foreign])).toMatchObject({ step: 'evict', budget: null })
  })
})

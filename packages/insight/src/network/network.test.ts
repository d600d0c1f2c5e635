import { matchesSelector } from '../label-selector'
import { describe, expect, it } from 'vitest'
import { conditionOf } from './conditions'
import { endpointsIn } from './endpoints'
import { isPublic } from './exposure'
import { networkPath } from './path'
import type { PlainObject } from './plain'
import { hostnamesMeet } from './route-parents'
import { matchesAll } from './selector'
import { serviceFindings } from './service'
import { coversHost } from './tls'
import { createWorld, type WorldInput } from './world'

const object = (kind: string, name: string, rest: object = {}, metadata: object = {}): PlainObject => ({
  kind,
  metadata: { name, namespace: 'shop', uid: `${kind}-${name}`, ...metadata },
  ...rest,
})
const world = (objects: readonly PlainObject[], more: Partial<WorldInput> = {}) =>
  createWorld({
    objects,
    secrets: [],
    missingSecrets: new Set(),
    unread: new Set(),
    hidden: () => false,
    now: new Date('2026-01-01T00:00:00Z'),
    ...more,
  })
const service = object('Service', 'web', {
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
})
const pod = (name: string, ready: boolean, owner?: string): PlainObject =>
  object(
    'Pod',
    name,
    {
      spec: { containers: [{ name: 'main', ports: [{ containerPort: 8080 }] }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    },
    {
      labels: { app: 'web' },
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              { kind: 'ReplicaSet', name: owner, uid: `ReplicaSet-${owner}`, controller: true },
            ],
          }),
    },
  )
const slice = (name: string, endpoints: readonly object[]): PlainObject =>
  object(
    'EndpointSlice',
    name,
    { addressType: 'IPv4', endpoints },
    { labels: { 'kubernetes.io/service-name': 'web' } },
  )
const endpoint = (name: string, conditions: object = {}) => ({
  addresses: ['10.0.0.1'],
  conditions,
  targetRef: { kind: 'Pod', name, uid: `Pod-${name}` },
})
const codes = (objects: readonly PlainObject[], more: Partial<WorldInput> = {}): readonly string[] =>
  serviceFindings(world(objects, more), service).map(({ code }) => code)

describe('endpoint conditions', () => {
  it.each([
    [{}, { ready: true, serving: true, terminating: false }],
    [{ ready: false }, { ready: false, serving: false, terminating: false }],
    [
      { ready: false, serving: true, terminating: true },
      { ready: false, serving: true, terminating: true },
    ],
  ])('%j read as %j', (conditions, expected) => {
    expect(endpointsIn(slice('a', [endpoint('web-1', conditions)]))[0]).toMatchObject(expected)
  })
})

describe('a Service', () => {
  it('has nothing wrong with a ready pod in any of its slices', () => {
    const slices = [slice('a', []), slice('b', [endpoint('web-1')])]
    expect(codes([service, pod('web-1', true), ...slices])).toEqual([])
  })

  it('is judged by the union of its slices', () => {
    const slices = [slice('a', [endpoint('web-1', { ready: false })]), slice('b', [endpoint('web-2')])]
    expect(codes([service, pod('web-1', false), pod('web-2', true), ...slices])).toEqual([])
  })

  it('may have pods of two ReplicaSets of one Deployment, which is a rollout and no second workload', () => {
    const owned = (name: string): PlainObject =>
      object(
        'ReplicaSet',
        name,
        {},
        { ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'Deployment-web', controller: true }] },
      )
    const rollout = [owned('old'), owned('new'), object('Deployment', 'web')]
    const pods = [pod('web-1', true, 'old'), pod('web-2', true, 'new')]
    const listed = slice('a', [endpoint('web-1'), endpoint('web-2')])
    expect(codes([service, ...rollout, ...pods, listed])).toEqual([])
  })

  it('is not judged by what could not be read', () => {
    expect(codes([service])).toEqual(['service.no_pods'])
    expect(codes([service], { unread: new Set(['Pod']) })).toEqual([])
    expect(codes([service], { unread: new Set(['EndpointSlice']) })).toEqual([])
  })

  it('leads nowhere where all its links are broken, and to its ready pods where some are', () => {
    const ref = { kind: 'Service', namespace: 'shop', name: 'web' }
    const broken = (ready: boolean) =>
      networkPath(
        world([
          service,
          pod('web-1', ready),
          pod('web-2', false),
          slice('a', [endpoint('web-1', { ready }), endpoint('web-2', { ready: false })]),
        ]),
        ref,
      )?.links.map((link) => link.broken)
    expect(broken(true)).toEqual([false, false, false])
    expect(broken(false)).toEqual([true, true, true])
  })
})

describe('what whoever asks may not see', () => {
  const route = object('HTTPRoute', 'web', {
    spec: { parentRefs: [], rules: [{ backendRefs: [{ name: 'api', namespace: 'secret', port: 80 }] }] },
  })
  const ref = { kind: 'HTTPRoute', namespace: 'shop', name: 'web' }
  it('is neither named missing nor judged', () => {
    const path = networkPath(world([route], { hidden: (namespace) => namespace === 'secret' }), ref)
    expect(path?.findings.map(({ code }) => code)).toEqual(['route.no_parent'])
    expect(path?.nodes.find(({ layer }) => layer === 'service')).toMatchObject({
      missing: false,
      severity: null,
    })
  })
  it('is said to be missing where it could be seen', () => {
    const grant = object(
      'ReferenceGrant',
      'all',
      {
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
          to: [{ group: '', kind: 'Service' }],
        },
      },
      { namespace: 'secret' },
    )
    const found = networkPath(world([route, grant]), ref)?.findings.map(({ code }) => code)
    expect(found).toContain('route.service_missing')
    expect(found).not.toContain('route.grant_missing')
    expect(networkPath(world([route]), ref)?.findings.map(({ code }) => code)).toContain(
      'route.grant_missing',
    )
  })
})

describe('conditions of an older generation', () => {
  const holder = { conditions: [{ type: 'Accepted', status: 'True', observedGeneration: 2 }] }
  it('answer nothing', () => {
    expect(conditionOf(holder, 'Accepted', 3)).toBe('stale')
    expect(conditionOf(holder, 'Accepted', 2)).toMatchObject({ status: 'True' })
    expect(conditionOf(holder, 'Programmed', 2)).toBe('absent')
  })
})

it.each([
  ['web.example.org', 'web.example.org', true],
  ['*.example.org', 'web.example.org', true],
  ['*.example.org', 'a.web.example.org', false],
  ['*.example.org', 'example.org', false],
  ['*.example.org', '*.example.org', true],
  ['web.example.org', '*.example.org', false],
  ['WEB.example.org', 'web.EXAMPLE.org', true],
])('a certificate for %s covers %s: %s', (name, host, expected) => {
  expect(coversHost(name, host)).toBe(expected)
})

it.each([
  ['', 'web.example.org', true],
  ['*.example.org', 'a.web.example.org', true],
  ['*.example.org', 'example.org', false],
  ['web.example.org', '*.example.org', true],
  ['web.example.org', 'web.example.com', false],
])('a listener for "%s" meets a route for %s: %s', (listener, route, expected) => {
  expect(hostnamesMeet(listener, route)).toBe(expected)
})

it.each([
  ['true', '/admin', true],
  ['false', '/', false],
  ['/shop, /api', '/api/v1', true],
  ['/shop', '/shopping', false],
  ['/shop/', '/shop', true],
  ['/', '/anything', true],
  ['', '/', false],
])('the mark "%s" covers %s: %s', (mark, path, expected) => {
  expect(isPublic(object('Service', 'web', {}, { annotations: { 'fairlead.dev/public': mark } }), path)).toBe(
    expected,
  )
})

it('an empty selector of a Service means nothing, one of a policy means all', () => {
  expect(matchesAll({}, { app: 'web' })).toBe(false)
  expect(matchesSelector({}, { app: 'web' })).toBe(true)
  const expression = (operator: string, values: readonly string[] = []) =>
    matchesSelector({ matchExpressions: [{ key: 'app', operator, values }] }, { app: 'web' })
  expect([
    expression('In', ['web']),
    expression('NotIn', ['web']),
    expression('Exists'),
    expression('DoesNotExist'),
    expression('Nonsense'),
  ]).toEqual([true, false, true, false, false])
})

/** Objects of a cluster are what somebody could write there. */
const absurd: readonly unknown[] = [null, 0, 'x', [], [null], {}, [{ hosts: 7 }], { a: { b: [1] } }, true]
it('is never at a loss for objects with absurd fields', () => {
  const kinds = ['Service', 'Ingress', 'Gateway', 'HTTPRoute'] as const
  const fields = [
    'selector',
    'ports',
    'rules',
    'tls',
    'listeners',
    'parentRefs',
    'defaultBackend',
    'hostnames',
  ]
  for (const value of absurd)
    for (const kind of kinds) {
      const spec = Object.fromEntries(fields.map((field) => [field, value]))
      const objects = [
        object(kind, 'odd', { spec, status: value }),
        object('Pod', 'odd', { spec: value, status: value }),
        slice('odd', value as []),
        object('NetworkPolicy', 'odd', { spec: { ingress: value, podSelector: value } }),
      ]
      expect(networkPath(world(objects), { kind, namespace: 'shop', name: 'odd' })).toBeDefined()
    }
})

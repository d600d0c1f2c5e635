import { describe, expect, it } from 'vitest'
import { compareSides, countOutcomes, type Side } from './compare-sides'
import type { Comparable } from './without-nature'

const container = (change: object = {}) => ({
  name: 'web',
  image: 'registry.example/web:1',
  env: [
    { name: 'LOG', value: 'info' },
    { name: 'PORT', value: '80' },
  ],
  ports: [
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
  ],
  ...change,
})
const sidecar = { name: 'proxy', image: 'registry.example/proxy:3' }

interface Shape {
  readonly metadata?: object
  readonly spec?: object
  readonly pod?: object
  readonly template?: object
}
const deployment = ({ metadata = {}, spec = {}, pod = {}, template = {} }: Shape = {}): Comparable => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'staging', ...metadata },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, ...template },
      spec: { containers: [container()], ...pod },
    },
    ...spec,
  },
})
const named = (kind: string, body: object, metadata: object = {}): Comparable => ({
  kind,
  metadata: { name: 'web', ...metadata },
  ...body,
})

const sides = (left: Comparable, right: Comparable): readonly [Side, Side] => [
  { namespace: 'staging', objects: [left] },
  { namespace: 'production', objects: [right] },
]
const fieldsIn = (left: Comparable, right: Comparable): string[] =>
  compareSides(...sides(left, right)).flatMap(({ differences }) =>
    differences.map((field) => `${field.path}: ${field.left} | ${field.right}`),
  )

const given = 'registry.example/web:1'
const serverMetadata = {
  uid: 'a',
  resourceVersion: '7',
  generation: 3,
  creationTimestamp: '2026-01-01T00:00:00Z',
  managedFields: [{ manager: 'kubectl' }],
  finalizers: ['example.org/lock'],
  namespace: 'production',
  labels: { 'fairlead.dev/stage': 'production', 'fairlead.dev/release': '9' },
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'deployment.kubernetes.io/revision': '4',
  },
}
const equal: readonly (readonly [string, Comparable, Comparable])[] = [
  ['what the server counts', deployment(), deployment({ metadata: serverMetadata })],
  ['status', deployment(), { ...deployment(), status: { readyReplicas: 2 } }],
  [
    'when it was restarted, and times that are not set',
    deployment(),
    deployment({
      template: {
        creationTimestamp: null,
        annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' },
      },
    }),
  ],
  [
    'labels of controllers',
    deployment(),
    deployment({ template: { labels: { app: 'web', 'pod-template-hash': 'abc' } } }),
  ],
  [
    'containers, variables and ports in another order',
    deployment({ pod: { containers: [container(), sidecar] } }),
    deployment({
      pod: {
        containers: [
          sidecar,
          container({ env: [...container().env].reverse(), ports: [...container().ports].reverse() }),
        ],
      },
    }),
  ],
  [
    'uids of owners',
    deployment({ metadata: { ownerReferences: [{ kind: 'Shop', name: 'one', uid: 'a' }] } }),
    deployment({ metadata: { ownerReferences: [{ kind: 'Shop', name: 'one', uid: 'b' }] } }),
  ],
  [
    'addresses and ports that the server gave a Service',
    named('Service', {
      spec: { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: [{ port: 80, nodePort: 31000 }] },
    }),
    named('Service', {
      spec: { clusterIP: '10.9.0.7', clusterIPs: ['10.9.0.7'], ports: [{ port: 80, nodePort: 32000 }] },
    }),
  ],
  [
    'the volume that a claim was given',
    named('PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], volumeName: 'pvc-1' } }),
    named('PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], volumeName: 'pvc-2' } }),
  ],
  [
    'token Secrets of an account',
    named('ServiceAccount', { secrets: [{ name: 'a' }] }),
    named('ServiceAccount', {}),
  ],
  [
    'the own namespace, said or not, and in names of Services',
    named('HTTPRoute', {
      spec: {
        parentRefs: [{ name: 'edge', namespace: 'staging' }],
        among: { namespaces: ['staging'] },
        to: 'db.staging.svc:5432',
      },
    }),
    named('HTTPRoute', {
      spec: {
        parentRefs: [{ name: 'edge' }],
        among: { namespaces: ['production'] },
        to: 'db.production.svc:5432',
      },
    }),
  ],
  [
    'values of a Secret',
    named('Secret', { type: 'Opaque', data: { password: 'b25l' } }, { annotations: { copy: 'one' } }),
    named('Secret', { type: 'Opaque', data: { password: 'dHdv' } }),
  ],
  [
    'peers and modes in another order',
    named('NetworkPolicy', {
      spec: { policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ podSelector: {} }] }, {}] },
    }),
    named('NetworkPolicy', {
      spec: { policyTypes: ['Egress', 'Ingress'], egress: [{}, { to: [{ podSelector: {} }] }] },
    }),
  ],
]

const different: readonly (readonly [string, Comparable, Comparable, readonly string[]])[] = [
  ['replicas', deployment(), deployment({ spec: { replicas: 5 } }), ['spec.replicas: 2 | 5']],
  [
    'an image and a variable, whatever their place',
    deployment({ pod: { containers: [sidecar, container()] } }),
    deployment({
      pod: {
        containers: [
          container({ image: 'registry.example/web:2', env: [{ name: 'LOG', value: 'info' }] }),
          sidecar,
        ],
      },
    }),
    [
      'spec.template.spec.containers[web].env[PORT]: {"name":"PORT","value":"80"} | null',
      `spec.template.spec.containers[web].image: ${given} | registry.example/web:2`,
    ],
  ],
  [
    'a container that one side lacks',
    deployment(),
    deployment({ pod: { containers: [container(), sidecar] } }),
    ['spec.template.spec.containers[proxy]: null | {"name":"proxy","image":"registry.example/proxy:3"}'],
  ],
  [
    'the order of init containers, which run one after the other',
    deployment({ pod: { initContainers: [{ name: 'a' }, { name: 'b' }] } }),
    deployment({ pod: { initContainers: [{ name: 'b' }, { name: 'a' }] } }),
    ['spec.template.spec.initContainers (order): ["a","b"] | ["b","a"]'],
  ],
  [
    'arguments, whose order counts',
    deployment({ pod: { containers: [container({ args: ['-v', '-x'] })] } }),
    deployment({ pod: { containers: [container({ args: ['-x', '-v'] })] } }),
    ['spec.template.spec.containers[web].args: ["-v","-x"] | ["-x","-v"]'],
  ],
  [
    'text that looks like a number',
    named('ConfigMap', { data: { a: '1', 'b.properties': 'x' } }),
    named('ConfigMap', { data: { a: 'one' } }),
    ['data.a: "1" | one', 'data["b.properties"]: x | null'],
  ],
  [
    'a Service that became headless',
    named('Service', { spec: { clusterIP: '10.0.0.1' } }),
    named('Service', { spec: { clusterIP: 'None' } }),
    ['spec.clusterIP: null | None'],
  ],
  [
    'the same Service, which is its own on one side and a stranger’s on the other',
    named('ConfigMap', { data: { db: 'db.staging.svc' } }),
    named('ConfigMap', { data: { db: 'db.staging.svc' } }),
    ['data.db: db.(its own namespace).svc | db.staging.svc'],
  ],
  [
    'keys of a Secret',
    named('Secret', { type: 'Opaque', data: { password: 'b25l', user: 'eA==' } }),
    named('Secret', { type: 'Opaque', data: { password: 'b25l' } }),
    ['data.user: (not compared) | null'],
  ],
  [
    'ports of one Service by number, where they have no name',
    named('Service', { spec: { ports: [{ port: 80, targetPort: 1 }] } }),
    named('Service', {
      spec: {
        ports: [
          { port: 81, targetPort: 1 },
          { port: 80, targetPort: 2 },
        ],
      },
    }),
    ['spec.ports[80].targetPort: 1 | 2', 'spec.ports[81]: null | {"port":81,"targetPort":1}'],
  ],
]

describe('two objects are equal whatever', () => {
  it.each(equal)('%s', (_, left, right) => {
    expect(fieldsIn(left, right)).toEqual([])
    expect(compareSides(...sides(left, right)).map(({ outcome }) => outcome)).toEqual(['equal'])
  })
})

describe('two objects differ by', () => {
  it.each(different)('%s', (_, left, right, fields) => {
    expect(fieldsIn(left, right)).toEqual(fields)
  })
})

describe('two sides', () => {
  const config = (name: string): Comparable => ({ kind: 'ConfigMap', metadata: { name }, data: {} })
  const autoscaler = named('HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  })

  it('tell what only one of them has', () => {
    const compared = compareSides(
      { namespace: 'a', objects: [config('both'), config('old')] },
      { namespace: 'b', objects: [config('new'), config('both')] },
    )
    expect(compared.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['both', 'equal'],
      ['new', 'right'],
      ['old', 'left'],
    ])
    expect(countOutcomes(compared)).toEqual({ different: 0, left: 1, right: 1, equal: 1 })
  })

  it('do not compare replicas that an autoscaler sets on both', () => {
    const [left, right] = sides(deployment(), deployment({ spec: { replicas: 9 } }))
    const scaled = (side: Side): Side => ({ ...side, objects: [...side.objects, autoscaler] })
    expect(countOutcomes(compareSides(scaled(left), scaled(right)))).toMatchObject({ equal: 2, different: 0 })
    expect(countOutcomes(compareSides(scaled(left), right))).toMatchObject({ left: 1, different: 1 })
  })

  it('show a long text from shortly before its difference', () => {
    const long = (end: string): Comparable =>
      named('ConfigMap', { data: { a: `${'x'.repeat(10_000)}${end}` } })
    const [object] = compareSides(...sides(long('one'), long('two')))
    const [field] = object?.differences ?? []
    expect(field?.left).toBe(`… 9800 characters\n${'x'.repeat(200)}one`)
    expect(field?.right?.endsWith('two')).toBe(true)
  })

  it('count what is too much to list', () => {
    const map = (value: string): Comparable =>
      named('ConfigMap', {
        data: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, value])),
      })
    const [object] = compareSides(...sides(map('a'), map('b')))
    expect([object?.outcome, object?.differences.length, object?.more]).toEqual(['different', 200, 100])
  })
})

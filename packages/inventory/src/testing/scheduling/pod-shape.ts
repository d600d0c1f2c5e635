/** Where all cases live but those about other namespaces. */
export const namespace = 'cases'

type Fields = Readonly<Record<string, unknown>>

export const requests = (wanted: Readonly<Record<string, string>>): Fields => ({
  resources: { requests: wanted, limits: extended(wanted) },
})

/** Devices and huge pages are taken only with a limit of the same size. */
const extended = (wanted: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(wanted).filter(([name]) => name.includes('/') || name.startsWith('hugepages')),
  )

export interface PodShape {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly namespace?: string
  readonly container?: Fields
  readonly spec?: Fields
}

export const podOf = ({ name, labels, namespace: where, container, spec }: PodShape) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: where ?? namespace, labels: labels ?? {} },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'main', image: 'none', ...container }],
    ...spec,
  },
})

/** Put on its node past the scheduler, so that it is there before anything is judged. */
const placed = (node: string, shape: PodShape) =>
  podOf({ ...shape, spec: { ...shape.spec, nodeName: node, tolerations: [{ operator: 'Exists' }] } })

export const hostPort = (hostPort: number, more: Fields = {}): Fields => ({
  ports: [{ containerPort: 80, hostPort, ...more }],
})

const keys: Readonly<Record<string, string>> = {
  hostname: 'kubernetes.io/hostname',
  zone: 'topology.kubernetes.io/zone',
  rack: 'example.com/rack',
}

/** A required term of pod affinity or anti-affinity. */
export function away(
  topology: string,
  matchLabels: Readonly<Record<string, string>>,
  more: Fields = {},
): Fields {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: keys[topology], labelSelector: { matchLabels }, ...more },
    ],
  }
}

/** What already runs when the cases arrive. */
export const fillers = [
  placed('plain-1', { name: 'port-holder', container: hostPort(8080) }),
  placed('plain-2', { name: 'port-holder-local', container: hostPort(8080, { hostIP: '127.0.0.1' }) }),
  placed('plain-2', { name: 'port-holder-udp', container: hostPort(9090, { protocol: 'UDP' }) }),
  placed('small-1', { name: 'small-big', container: requests({ cpu: '800m', memory: '700Mi' }) }),
  placed('small-2', { name: 'small-a', container: requests({ cpu: '100m' }) }),
  placed('small-2', { name: 'small-b', container: requests({ cpu: '100m' }) }),
  placed('devices', { name: 'gpu-user', container: requests({ 'example.com/gpu': '1', cpu: '1' }) }),
  ...['1', '2'].map((index) => placed('spread-a1', { name: `spread-a-${index}`, labels: { app: 'spread' } })),
  placed('spread-a2', { name: 'spread-v1', labels: { app: 'versioned', version: '1' } }),
  placed('spread-b', { name: 'spread-b-full' }),
  placed('beside-1', { name: 'web-1', labels: { app: 'web' } }),
  placed('beside-2', { name: 'web-2', labels: { app: 'web' } }),
  placed('beside-1', { name: 'db-1', labels: { app: 'db' } }),
  ...['beside-1', 'beside-2'].map((node) =>
    placed(node, {
      name: `loner-${node}`,
      labels: { app: 'loner' },
      spec: { affinity: { podAntiAffinity: away('hostname', { app: 'noisy' }) } },
    }),
  ),
  placed('beside-2', { name: 'guest', namespace: 'other', labels: { app: 'guest' } }),
  placed('ranked', {
    name: 'ranked-low',
    container: requests({ cpu: '500m' }),
    spec: { priorityClassName: 'low' },
  }),
  placed('ranked', {
    name: 'ranked-high',
    container: requests({ cpu: '1' }),
    spec: { priorityClassName: 'high' },
  }),
]

export const inPool = (pool: string): Fields => ({ nodeSelector: { pool } })
export const onNode = (name: string): Fields => ({ nodeSelector: { 'kubernetes.io/hostname': name } })

import type { Planted } from './other-zoo'

const apiVersion = 'gateway.networking.k8s.io/v1'
const at = '2026-01-01T10:00:00Z'
const condition = (type: string, status: string) => ({
  type,
  status,
  reason: type,
  message: '',
  lastTransitionTime: at,
  observedGeneration: 1,
})
const listener = { name: 'http', port: 80, protocol: 'HTTP' }

/** Gateway API objects as people write them, with what a controller would add; none runs here. */
export function gatewayObjects(namespace: string): readonly Planted[] {
  const gateway = (name: string, status?: Planted['status']): Planted => ({
    manifest: {
      apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: { gatewayClassName: `${namespace}-class`, listeners: [listener] },
    },
    ...(status === undefined ? {} : { status }),
  })
  const route = (name: string, spec: object): Planted => ({
    manifest: { apiVersion, kind: 'HTTPRoute', metadata: { name, namespace }, spec },
  })
  const gatewayClass = (name: string, status?: Planted['status']): Planted => ({
    manifest: {
      apiVersion,
      kind: 'GatewayClass',
      metadata: { name: `${namespace}-${name}` },
      spec: { controllerName: 'example.org/gateway' },
    },
    ...(status === undefined ? {} : { status }),
  })
  return [
    gatewayClass('class'),
    gatewayClass('accepted', { conditions: [condition('Accepted', 'True')] }),
    gateway('unclaimed'),
    gateway('served', {
      addresses: [
        { type: 'IPAddress', value: '198.51.100.7' },
        { type: 'Hostname', value: 'lb.example.org' },
      ],
      conditions: [condition('Accepted', 'True'), condition('Programmed', 'True')],
    }),
    gateway('refused', { conditions: [condition('Accepted', 'False'), condition('Programmed', 'False')] }),
    route('any-host', { parentRefs: [{ name: 'served' }] }),
    route('hosts', { parentRefs: [{ name: 'served' }], hostnames: ['a.example.org', '*.b.example.org'] }),
    {
      manifest: {
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata: { name: 'grant', namespace },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
          to: [{ group: '', kind: 'Service' }],
        },
      },
    },
  ]
}

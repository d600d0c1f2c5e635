import { namespace, podOf } from './pod-shape'

type Fields = Readonly<Record<string, unknown>>

const storage = 'storage.k8s.io/v1'
const classOf = (name: string, provisioner: string, more: Fields = {}) => ({
  path: '/apis/storage.k8s.io/v1/storageclasses',
  body: { apiVersion: storage, kind: 'StorageClass', metadata: { name }, provisioner, ...more },
})

const waits = { volumeBindingMode: 'WaitForFirstConsumer' }

interface ClaimShape {
  readonly name: string
  readonly storageClassName?: string
  readonly size?: string
  readonly modes?: readonly string[]
  readonly volumeName?: string
}
const claimOf = ({ name, storageClassName = '', size = '1Gi', modes, volumeName }: ClaimShape) => ({
  path: `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
  body: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, ...(name === 'leaving' ? { finalizers: ['example.com/kept'] } : {}) },
    spec: {
      storageClassName,
      accessModes: modes ?? ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      ...(volumeName === undefined ? {} : { volumeName }),
    },
  },
})

interface VolumeShape {
  readonly name: string
  readonly claim: string
  readonly zone?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly modes?: readonly string[]
  readonly handle?: string
}
const volumeOf = ({ name, claim, zone, labels, modes, handle }: VolumeShape) => ({
  path: '/api/v1/persistentvolumes',
  body: {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, labels: labels ?? {} },
    spec: {
      storageClassName: '',
      capacity: { storage: '1Gi' },
      accessModes: modes ?? ['ReadWriteOnce'],
      claimRef: { namespace, name: claim },
      ...(handle === undefined
        ? { hostPath: { path: `/nowhere/${name}` } }
        : { csi: { driver: 'counted.example.com', volumeHandle: handle } }),
      ...(zone === undefined
        ? {}
        : {
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [
                      { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] },
                    ],
                  },
                ],
              },
            },
          }),
    },
  },
})

const csiNode = (node: string, count: number) => ({
  path: '/apis/storage.k8s.io/v1/csinodes',
  body: {
    apiVersion: storage,
    kind: 'CSINode',
    metadata: { name: node },
    spec: { drivers: [{ name: 'counted.example.com', nodeID: node, allocatable: { count } }] },
  },
})

/** Claims that the volume controller binds before any case is judged. */
export const boundClaims = ['far', 'zoned', 'one-pod', 'counted-1', 'counted-2', 'doomed']

/** The claim `doomed` loses its volume, and `leaving` is deleted but kept by a finalizer. */
export const storageObjects = [
  classOf('local', 'kubernetes.io/no-provisioner', waits),
  classOf('immediate', 'nobody.example.com'),
  classOf('elsewhere', 'nobody.example.com', {
    ...waits,
    allowedTopologies: [
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['nowhere'] }] },
    ],
  }),
  classOf('measured', 'measured.example.com', waits),
  {
    path: '/apis/storage.k8s.io/v1/csidrivers',
    body: {
      apiVersion: storage,
      kind: 'CSIDriver',
      metadata: { name: 'measured.example.com' },
      spec: { attachRequired: false, storageCapacity: true },
    },
  },
  {
    path: `/apis/storage.k8s.io/v1/namespaces/${namespace}/csistoragecapacities`,
    body: {
      apiVersion: storage,
      kind: 'CSIStorageCapacity',
      metadata: { name: 'measured-va', namespace },
      storageClassName: 'measured',
      capacity: '5Gi',
      nodeTopology: { matchLabels: { 'topology.kubernetes.io/zone': 'va' } },
    },
  },
  csiNode('stores-1', 1),
  csiNode('stores-2', 1),
  volumeOf({ name: 'far', claim: 'far', zone: 'nowhere' }),
  volumeOf({ name: 'zoned', claim: 'zoned', labels: { 'topology.kubernetes.io/zone': 'zx__zy' } }),
  volumeOf({ name: 'one-pod', claim: 'one-pod', modes: ['ReadWriteOncePod'] }),
  volumeOf({ name: 'counted-1', claim: 'counted-1', handle: 'h1', modes: ['ReadWriteMany'] }),
  volumeOf({ name: 'counted-2', claim: 'counted-2', handle: 'h2', modes: ['ReadWriteMany'] }),
  volumeOf({ name: 'doomed', claim: 'doomed' }),
  claimOf({ name: 'far', volumeName: 'far' }),
  claimOf({ name: 'zoned', volumeName: 'zoned' }),
  claimOf({ name: 'one-pod', volumeName: 'one-pod', modes: ['ReadWriteOncePod'] }),
  claimOf({ name: 'counted-1', volumeName: 'counted-1', modes: ['ReadWriteMany'] }),
  claimOf({ name: 'counted-2', volumeName: 'counted-2', modes: ['ReadWriteMany'] }),
  claimOf({ name: 'doomed', volumeName: 'doomed' }),
  claimOf({ name: 'leaving' }),
  claimOf({ name: 'immediate', storageClassName: 'immediate' }),
  claimOf({ name: 'no-class', storageClassName: 'missing' }),
  claimOf({ name: 'promised', volumeName: 'never-made' }),
  claimOf({ name: 'local', storageClassName: 'local' }),
  claimOf({ name: 'elsewhere', storageClassName: 'elsewhere' }),
  claimOf({ name: 'too-large', storageClassName: 'measured', size: '6Gi' }),
]

export const withClaims = (...claims: readonly string[]): Fields => ({
  volumes: claims.map((claimName) => ({ name: `v-${claimName}`, persistentVolumeClaim: { claimName } })),
})

const user = (name: string, node: string, claim: string) =>
  podOf({ name, spec: { nodeName: node, ...withClaims(claim) } })

/** Pods that hold volumes when the cases arrive. */
export const volumeUsers = [
  user('one-pod-user', 'stores-1', 'one-pod'),
  user('counted-user-1', 'stores-1', 'counted-1'),
  user('counted-user-2', 'stores-2', 'counted-1'),
]

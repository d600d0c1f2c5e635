import type { EntryKind } from '@fairlead/contracts/network'
import type { NetworkFindingCode } from '@fairlead/contracts/network-findings'
import type { KubeManifest } from '@fairlead/kube/kube-object'

export interface Planted {
  readonly manifest: KubeManifest
  /** Written through the status subresource, as a controller or kubelet would. */
  readonly status?: object
  /** A pod that one of the cluster's simulated kubelets runs before `status` is written over what it said. */
  readonly onNode?: boolean
  /** Deleted after it was made; a finalizer keeps it on its way out. */
  readonly leaving?: boolean
}

/** One set-up in a namespace of its own, and what has to be found on the path of one object of it. */
export interface Broken {
  readonly name: string
  readonly path: { readonly kind: EntryKind; readonly name: string }
  /** null: nothing may be found but what `besides` allows. */
  readonly code: NetworkFindingCode | null
  readonly besides?: readonly NetworkFindingCode[]
  /** Part of what is said. */
  readonly words?: RegExp
  readonly objects: (namespace: string) => readonly Planted[]
}

export const finalizer = 'fairlead.dev/test'
const at = '2026-01-01T10:00:00Z'

interface PodShape {
  readonly labels?: Readonly<Record<string, string>>
  readonly ready?: boolean
  readonly ports?: readonly object[]
  readonly probe?: object
  readonly waiting?: string
  /** No node has it: slices list pods of nodes only. */
  readonly homeless?: boolean
  /** As it was made: nobody has said anything of it. */
  readonly silent?: boolean
  readonly leaving?: boolean
}

const http = { name: 'http', containerPort: 8080 }

function statusOf({ ready = true, waiting }: PodShape) {
  const state = waiting === undefined ? { running: { startedAt: at } } : { waiting: { reason: waiting } }
  const condition = (type: string) => ({ type, status: ready ? 'True' : 'False', lastTransitionTime: at })
  return {
    phase: 'Running',
    conditions: [condition('Ready'), condition('ContainersReady')],
    containerStatuses: [
      { name: 'main', image: 'a', imageID: 'a', ready, restartCount: 0, started: true, state },
    ],
  }
}

/** A pod that no scheduler touches, in the state that its kubelet would have written. */
export function pod(namespace: string, name: string, shape: PodShape = {}): Planted {
  const { labels = { app: 'web' }, ports = [http], probe, leaving = false } = shape
  return {
    manifest: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels, ...(leaving ? { finalizers: [finalizer] } : {}) },
      spec: {
        schedulerName: 'nobody',
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'main',
            image: 'registry.example.org/a:1',
            ports,
            ...(probe === undefined ? {} : { readinessProbe: probe }),
          },
        ],
      },
    },
    onNode: shape.homeless !== true && shape.silent !== true && !leaving,
    leaving,
    ...(shape.silent === true ? {} : { status: statusOf(shape) }),
  }
}

export const web = { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }

export const service = (
  namespace: string,
  spec: object = web,
  more: { readonly name?: string; readonly annotations?: object } = {},
): Planted => ({
  manifest: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: more.name ?? 'web',
      namespace,
      annotations: { 'fairlead.dev/public': 'true', ...more.annotations },
    },
    spec,
  },
})

export const slice = (namespace: string, name: string, endpoints: readonly object[]): Planted => ({
  manifest: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints,
  },
})

/** A Service that is as it should be: what is found lies before it. */
export const sound = (namespace: string): readonly Planted[] => [pod(namespace, 'web-1'), service(namespace)]

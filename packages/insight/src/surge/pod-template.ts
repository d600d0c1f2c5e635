import { recordIn, recordsIn, textIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'
import { podSpecOf, templateOf, type WorkloadObject } from '../checklist/workload-parts'

type Amounts = Readonly<Record<string, unknown>>
interface Defaults {
  readonly limits: Amounts
  readonly requests: Amounts
}

/** What LimitRanges of the namespace fill in where a container says nothing; the first that names a resource wins. */
export function defaultsOf(limitRanges: readonly unknown[]): Defaults {
  const items = limitRanges
    .flatMap((range) => recordsIn(recordIn(recordIn(range)['spec'])['limits']))
    .filter(({ type }) => type === 'Container')
  const merged = (field: string): Amounts =>
    Object.assign({}, ...items.map((item) => recordIn(item[field])).toReversed()) as Amounts
  return { limits: merged('default'), requests: merged('defaultRequest') }
}

/**
 * As the API server stores a pod: a limit without a request becomes its request, then LimitRanges fill in what is left.
 * Upstream: SetDefaults_Pod, then plugin/pkg/admission/limitranger mergeContainerResources.
 */
function admitted(container: Loose, defaults: Defaults): Loose {
  const resources = recordIn(container['resources'])
  const limits = recordIn(resources['limits'])
  const requests = { ...limits, ...recordIn(resources['requests']) }
  return {
    ...container,
    resources: {
      ...resources,
      limits: { ...defaults.limits, ...limits },
      requests: { ...defaults.requests, ...requests },
    },
  }
}

/** The specification of a pod as admission would leave it. */
export function admittedSpec(object: unknown, limitRanges: readonly unknown[]): Loose {
  const defaults = defaultsOf(limitRanges)
  const spec = podSpecOf(recordIn(object) as WorkloadObject)
  const filled = (field: string): Record<string, unknown> =>
    Array.isArray(spec[field])
      ? { [field]: recordsIn(spec[field]).map((container) => admitted(container, defaults)) }
      : {}
  return { ...spec, ...filled('containers'), ...filled('initContainers') }
}

export const templateLabels = (object: unknown): Readonly<Record<string, string>> =>
  textsIn(recordIn(templateOf(recordIn(object) as WorkloadObject)['metadata'])['labels'])

const metadataOf = (object: unknown): Loose => recordIn(recordIn(object)['metadata'])
export const kindOf = (object: unknown): string => textIn(recordIn(object)['kind'])
export const nameOf = (object: unknown): string => textIn(metadataOf(object)['name'])
export const namespaceOf = (object: unknown): string => textIn(metadataOf(object)['namespace'])

/** What the DaemonSet controller adds, so that a pod gets onto a node that is not well. */
const daemonTolerations = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
].map(([key, effect]) => ({ key, effect, operator: 'Exists' }))

export interface NewPod {
  readonly object: unknown
  readonly spec: Loose
  readonly ordinal: number
  readonly priority: number
}

/** Pods that do not exist yet are told apart from those that do by this. */
export const newPodPrefix = 'new/'

/** A pod as the workload's controller would create it. */
export function newPod({ object, spec, ordinal, priority }: NewPod): unknown {
  const kind = kindOf(object)
  const name = kind === 'StatefulSet' ? `${nameOf(object)}-${ordinal}` : `${nameOf(object)}-new-${ordinal}`
  const hash = kind === 'Deployment' ? { 'pod-template-hash': 'new' } : {}
  const claims = recordsIn(recordIn(recordIn(object)['spec'])['volumeClaimTemplates']).map((claim) => ({
    name: nameOf(claim),
    persistentVolumeClaim: { claimName: `${nameOf(claim)}-${name}` },
  }))
  return {
    metadata: {
      name,
      namespace: namespaceOf(object),
      uid: `${newPodPrefix}${kind}/${name}`,
      labels: { ...templateLabels(object), ...hash },
    },
    spec: {
      ...spec,
      priority,
      volumes: [...recordsIn(spec['volumes']), ...claims],
      ...(kind === 'DaemonSet'
        ? { tolerations: [...recordsIn(spec['tolerations']), ...daemonTolerations] }
        : {}),
    },
  }
}

import { integerIn, recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Labels } from '../label-selector'
import {
  readNodeTerm,
  readPodTerm,
  readSpread,
  type NodeTerm,
  type PodTerm,
  type SpreadConstraint,
} from './pod-terms'
import { podRequests, type Requests } from './requests'

export interface Weighted<T> {
  readonly weight: number
  readonly term: T
}

/** What a pod would rather have: it is scored by it, never refused. */
export interface Preferences {
  readonly nodes: readonly Weighted<NodeTerm>[]
  readonly affinity: readonly Weighted<PodTerm>[]
  readonly antiAffinity: readonly Weighted<PodTerm>[]
  /** Constraints that may be broken; null where the pod has none of any kind, and the cluster's defaults hold. */
  readonly spread: readonly SpreadConstraint[] | null
  /** Of every container, init containers included. */
  readonly images: readonly string[]
  /** CPU and memory, where a container that requests none counts with a little. */
  readonly requests: Requests
  /** The controller that made it. */
  readonly owner: { readonly apiVersion: string; readonly kind: string; readonly name: string } | null
}

const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

/** Upstream: pkg/scheduler/util DefaultMilliCPURequest and DefaultMemoryRequest. */
const assumed: Requests = new Map([
  ['cpu', 100],
  ['memory', 200 * 2 ** 20],
])

/** Upstream: pkg/scheduler/framework/plugins/imagelocality normalizedImageName. */
const imageName = (image: string): string =>
  image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image

const podTerms = (rule: unknown, ownNamespace: string): readonly Weighted<PodTerm>[] =>
  recordsIn(recordIn(rule)[preferred]).map((each) => ({
    weight: integerIn(each['weight']),
    term: readPodTerm(recordIn(each['podAffinityTerm']), ownNamespace),
  }))

function ownerOf(metadata: Loose): Preferences['owner'] {
  const owner = recordsIn(metadata['ownerReferences']).find(({ controller }) => controller === true)
  if (owner === undefined) return null
  return { apiVersion: textIn(owner['apiVersion']), kind: textIn(owner['kind']), name: textIn(owner['name']) }
}

export function readPreferences(
  { metadata, spec, status }: { readonly metadata: Loose; readonly spec: Loose; readonly status: Loose },
  { namespace, labels }: { readonly namespace: string; readonly labels: Labels },
): Preferences {
  const affinity = recordIn(spec['affinity'])
  const containers = [...recordsIn(spec['initContainers']), ...recordsIn(spec['containers'])]
  return {
    nodes: recordsIn(recordIn(affinity['nodeAffinity'])[preferred]).map((each) => ({
      weight: integerIn(each['weight']),
      term: readNodeTerm(recordIn(each['preference'])),
    })),
    affinity: podTerms(affinity['podAffinity'], namespace),
    antiAffinity: podTerms(affinity['podAntiAffinity'], namespace),
    spread:
      recordsIn(spec['topologySpreadConstraints']).length === 0
        ? null
        : readSpread(spec, labels, 'ScheduleAnyway'),
    images: containers.map(({ image }) => imageName(textIn(image))),
    requests: podRequests(spec, status, assumed),
    owner: ownerOf(metadata),
  }
}

import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { readSelector, type Selector } from '../label-selector'
import type { ClusterFacts } from '../scheduling/cluster-facts'
import { nodeMatches } from '../scheduling/node-affinity'
import { readPod, type PodFacts } from '../scheduling/pod-facts'
import { untolerated } from '../scheduling/taints'
import { claimOf } from '../scheduling/volume-claims'
import { admittedSpec, kindOf, nameOf, namespaceOf, newPod } from './pod-template'
import { rollOf, type Roll, type WorkloadChange } from './steps'
import { usageOf, type PodUsage } from './usage'

/** A workload of the plan, ready to be counted and placed. */
export interface Updated {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly roll: Roll
  /** Selects the pods that run now. */
  readonly selector: Selector
  readonly spec: Loose
  readonly usage: PodUsage
  readonly oldSpec: Loose
  readonly oldUsage: PodUsage
  pod(ordinal: number): PodFacts
}

export interface Around {
  readonly cluster: ClusterFacts | null
  readonly limitRanges: readonly unknown[]
  /** Values of the PriorityClasses by name. */
  readonly priorities: ReadonlyMap<string, number>
  /** Names of PersistentVolumeClaims that the plan holds. */
  readonly claims: readonly string[]
}

/** Upstream: pkg/controller/daemon NodeShouldRunDaemonPod; taints that only keep off or evict later do not count. */
function eligibleNodes(pod: PodFacts, cluster: ClusterFacts): readonly string[] {
  return cluster.nodes
    .filter(({ node }) => nodeMatches(pod, node) && untolerated(node.taints, pod.tolerations).length === 0)
    .map(({ node }) => node.name)
}

/** Volumes that are made with the pod, or by this very plan, do not exist yet and are judged by nobody. */
const withoutUnmade = (
  pod: PodFacts,
  unmade: ReadonlySet<string>,
  cluster: ClusterFacts | null,
): PodFacts => ({
  ...pod,
  volumes: pod.volumes.filter(
    ({ claim, ephemeral }) =>
      claim === null ||
      (cluster !== null && claimOf(cluster, pod.namespace, claim) !== undefined) ||
      !(ephemeral || unmade.has(claim)),
  ),
})

function ownClaims(object: unknown, pod: PodFacts): readonly string[] {
  const templates = recordsIn(recordIn(recordIn(object)['spec'])['volumeClaimTemplates'])
  return templates.map((claim) => `${nameOf(claim)}-${pod.name}`)
}

/** null for kinds that run no pods of their own accord. */
export function updatedWorkload(change: WorkloadChange, around: Around): Updated | null {
  const { cluster, limitRanges, priorities, claims } = around
  const object = change.after
  const spec = admittedSpec(object, limitRanges)
  const priority = priorities.get(textIn(spec['priorityClassName'])) ?? 0
  const read = (ordinal: number): PodFacts => {
    const pod = readPod(newPod({ object, spec, ordinal, priority }))
    return withoutUnmade(pod, new Set([...claims, ...ownClaims(object, pod)]), cluster)
  }
  const isDaemon = kindOf(object) === 'DaemonSet'
  const eligible = !isDaemon || cluster === null ? null : eligibleNodes(read(0), cluster)
  const roll = rollOf(change, eligible)
  if (roll === null) return null
  const oldSpec = change.before === null ? spec : admittedSpec(change.before, limitRanges)
  return {
    kind: kindOf(object),
    name: nameOf(object),
    namespace: namespaceOf(object),
    roll,
    selector: readSelector(recordIn(recordIn(change.before)['spec'])['selector']),
    spec,
    usage: usageOf(spec),
    oldSpec,
    oldUsage: usageOf(oldSpec),
    pod: read,
  }
}

/** Why its pods can't be placed by these rules at all; null when they can. */
export function notModelled(pod: PodFacts): string | null {
  if (pod.schedulerName !== 'default-scheduler')
    return `its pods are placed by the scheduler ${pod.schedulerName}, whose rules are not modelled`
  if (pod.resourceClaims) return 'its pods claim devices, whose allocation is not modelled'
  return pod.gates.length > 0 ? `its pods wait for ${pod.gates.join(', ')} to be lifted` : null
}

import type { ClusterFacts, NodeState } from './cluster-facts'
import { podWords, refusal, type Filter } from './filter'
import type { HostPort, PodFacts } from './pod-facts'
import { amountWords } from './requests'
import { taintWords, untolerated } from './taints'

const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

export const nodeUnschedulableFilter: Filter = {
  name: 'NodeUnschedulable',
  prepare(pod) {
    if (untolerated([cordon], pod.tolerations).length === 0) return null
    return {
      refuse: ({ node }) =>
        node.cordoned
          ? [
              refusal('NodeUnschedulable', node.name, {
                message: 'node(s) were unschedulable',
                words: 'the node is cordoned',
              }),
            ]
          : [],
    }
  },
}

/** Only of use to explain a pod that has a node: the API server binds such a pod by itself. */
export const nodeNameFilter: Filter = {
  name: 'NodeName',
  prepare: (pod) => ({
    refuse: ({ node }) =>
      pod.nodeName === null || pod.nodeName === node.name
        ? []
        : [
            refusal('NodeName', node.name, {
              message: "node(s) didn't match the requested node name",
              words: `it names the node ${pod.nodeName}`,
            }),
          ],
  }),
}

export const taintFilter: Filter = {
  name: 'TaintToleration',
  prepare: (pod) => ({
    refuse({ node }) {
      const taints = untolerated(node.taints, pod.tolerations)
      const [first] = taints
      if (first === undefined) return []
      return [
        refusal('TaintToleration', node.name, {
          message: 'node(s) had untolerated taint(s)',
          words: `the node has ${taints.map(taintWords).join(', ')}, which the pod does not tolerate`,
          details: { key: first.key, value: first.value, effect: first.effect },
        }),
      ]
    },
  }),
}

const clash = (wanted: HostPort, used: HostPort): boolean =>
  wanted.port === used.port &&
  wanted.protocol === used.protocol &&
  (wanted.ip === used.ip || wanted.ip === '0.0.0.0' || used.ip === '0.0.0.0')

export const nodePortsFilter: Filter = {
  name: 'NodePorts',
  prepare(pod, cluster) {
    if (pod.ports.length === 0) return null
    return {
      refuse({ node, pods }) {
        const taken = pod.ports.filter((wanted) =>
          pods.some((other) => other.ports.some((used) => clash(wanted, used))),
        )
        if (taken.length === 0) return []
        const holders = pods.filter((other) =>
          other.ports.some((used) => taken.some((wanted) => clash(wanted, used))),
        )
        const ports = taken.map(({ port, protocol }) => `${port}/${protocol}`).join(', ')
        return [
          refusal('NodePorts', node.name, {
            message: "node(s) didn't have free ports for the requested pod ports",
            words: `host port ${ports} is held by ${podWords(holders, cluster)}`,
            details: { ports },
            preemptible: true,
          }),
        ]
      },
    }
  },
}

const largestHolders = (pods: readonly PodFacts[], resource: string): readonly PodFacts[] =>
  pods
    .filter((pod) => (pod.requests.get(resource) ?? 0) > 0)
    .toSorted((left, right) => (right.requests.get(resource) ?? 0) - (left.requests.get(resource) ?? 0))

function shortage(resource: string, needed: number, state: NodeState, cluster: ClusterFacts) {
  const allocatable = state.node.allocatable.get(resource) ?? 0
  const used = state.used.get(resource) ?? 0
  const free = allocatable - used
  if (needed <= free) return []
  const words = (amount: number): string => amountWords(resource, amount)
  const holders = largestHolders(state.pods, resource)
  const held = holders.length === 0 ? '' : `, held by ${podWords(holders, cluster)}`
  return [
    refusal('NodeResourcesFit', state.node.name, {
      message: `Insufficient ${resource}`,
      words: `needs ${words(needed)} ${resource}, ${words(Math.max(0, free))} of ${words(allocatable)} free${held}`,
      details: { resource, needed, free, allocatable },
      preemptible: needed <= allocatable,
    }),
  ]
}

export const nodeResourcesFilter: Filter = {
  name: 'NodeResourcesFit',
  prepare: (pod, cluster) => ({
    refuse(state) {
      const most = state.node.allocatable.get('pods') ?? 0
      const count = state.pods.length
      const tooMany =
        count + 1 > most
          ? [
              refusal('NodeResourcesFit', state.node.name, {
                message: 'Too many pods',
                words: `it runs ${count} pods and takes ${most}`,
                details: { resource: 'pods', needed: 1, free: most - count, allocatable: most },
                preemptible: true,
              }),
            ]
          : []
      const short = [...pod.requests]
        .filter(([resource, needed]) => needed > 0 && resource !== 'pods')
        .flatMap(([resource, needed]) => shortage(resource, needed, state, cluster))
      const hopeless = short.some((reason) => !reason.preemptible)
      const all = [...tooMany, ...short]
      return hopeless ? all.map((reason) => ({ ...reason, preemptible: false })) : all
    },
  }),
}

import type { Refusal, RefusalGroup } from '@fairlead/contracts/pod-why'
import type { Evaluation } from './run-filters'

export const nodesPerGroup = 100

/** Nodes that refuse for the same reasons, the largest group first. */
export function groupsOf({ refused }: Evaluation, most = nodesPerGroup): readonly RefusalGroup[] {
  const groups = new Map<string, { reasons: readonly Refusal[]; nodes: RefusalGroup['nodes'][number][] }>()
  for (const { state, reasons } of refused) {
    const key = reasons.map(({ message }) => message).join('\n')
    const group = groups.get(key) ?? { reasons, nodes: [] }
    group.nodes.push({ node: state.node.name, reasons })
    groups.set(key, group)
  }
  return [...groups.values()]
    .map(({ reasons, nodes }) => ({
      filter: reasons[0]?.code ?? ('NodeName' as const),
      messages: reasons.map(({ message }) => message),
      count: nodes.length,
      nodes: nodes.slice(0, most),
    }))
    .toSorted((left, right) => right.count - left.count)
}

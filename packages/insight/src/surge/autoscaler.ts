import { recordIn, textIn, textsIn } from '@fairlead/contracts/loose-json'

const karpenterLabels = ['karpenter.sh/nodepool', 'karpenter.sh/provisioner-name']

/**
 * Who may add nodes when pods find no room, as far as the cluster shows it: nodes that Karpenter made, or the status
 * that cluster-autoscaler keeps in kube-system. null where neither is seen.
 */
export function growthOf(nodes: readonly unknown[], autoscalerStatus: unknown): string | null {
  const made = nodes.filter((node) => {
    const labels = textsIn(recordIn(recordIn(node)['metadata'])['labels'])
    return karpenterLabels.some((label) => labels[label] !== undefined)
  }).length
  if (made > 0)
    return `Karpenter made ${made} of ${nodes.length} nodes here and may add one; whether it will is not known.`
  const metadata = recordIn(recordIn(autoscalerStatus)['metadata'])
  return textIn(metadata['name']) === ''
    ? null
    : 'A cluster-autoscaler runs here and may add a node; whether it will is not known.'
}

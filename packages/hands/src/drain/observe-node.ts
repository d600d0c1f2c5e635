import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { getObject, listObjects } from '@fairlead/kube/objects'

export interface SeenNode {
  readonly node: KubeObject
  readonly pods: readonly KubeObject[]
  readonly budgets: readonly KubeObject[]
}

const nodeType = { apiVersion: 'v1', kind: 'Node' }

/** Live: a drain must not rest on what a watch saw some seconds ago. null when there is no such node. */
export async function observeNode(
  client: KubeClient,
  name: string,
  signal?: AbortSignal,
): Promise<SeenNode | null> {
  const node = await getObject(client, { ...nodeType, name }, { signal })
  if (node === null) return null
  const [pods, budgets] = await Promise.all([
    listObjects(
      client,
      { apiVersion: 'v1', kind: 'Pod' },
      { fieldSelector: `spec.nodeName=${name}`, signal },
    ),
    listObjects(client, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }, { signal }),
  ])
  return { node, pods, budgets }
}

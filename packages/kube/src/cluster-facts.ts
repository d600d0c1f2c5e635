import type { ApiServiceFact, ClusterFacts, Read } from '@fairlead/contracts/cluster-facts'
import { nameIn, readCustomResources } from './facts/custom-resources'
import { readDeprecatedApis } from './facts/deprecated-apis'
import { textsIn, recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { budgetFact, namespaceFact, readAutoscalers } from './facts/policies'
import { mapRead, readList, type ReadOptions } from './facts/read-list'
import { readWebhooks } from './facts/webhooks'
import type { KubeClient } from './kube-client'

function apiServiceFact(object: Loose): ApiServiceFact {
  const service = recordIn(recordIn(object['spec'])['service'])
  const conditions = recordsIn(recordIn(object['status'])['conditions'])
  const available = conditions.find(({ type }) => type === 'Available')
  const name = textIn(service['name'])
  return {
    name: nameIn(object),
    service: name === '' ? null : `${textIn(service['namespace'])}/${name}`,
    available: available?.['status'] === 'True',
    reason: textIn(available?.['reason']),
    message: textIn(available?.['message']).slice(0, 300),
  }
}

const defaultClass = 'storageclass.kubernetes.io/is-default-class'
const isDefault = (object: Loose): boolean =>
  textsIn(recordIn(object['metadata'])['annotations'])[defaultClass] === 'true'

const filterRead = <T>(read: Read<T>, keep: (item: T) => boolean): Read<T> =>
  read.state === 'read' ? { state: 'read', items: read.items.filter(keep) } : read

async function replacesKubeProxy(client: KubeClient, { signal }: ReadOptions): Promise<boolean> {
  try {
    const path = '/api/v1/namespaces/kube-system/configmaps/cilium-config'
    const data = textsIn(recordIn(await client.json({ path, signal }))['data'])
    return ['true', 'strict'].includes(data['kube-proxy-replacement'] ?? '')
  } catch (error) {
    if (signal.aborted) throw error
    return false
  }
}

/** One slow look at what a cluster holds beside workloads. What can't be read is said to be unknown; rejects on abort. */
export async function readClusterFacts(client: KubeClient, signal: AbortSignal): Promise<ClusterFacts> {
  const options: ReadOptions = { signal }
  const list = (path: string): Promise<Read<Loose>> => client.listSlot(() => readList(client, path, options))
  const [webhooks, policies, apiServices, customResources, storage, ingress] = await Promise.all([
    readWebhooks(client, options),
    list('/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies'),
    list('/apis/apiregistration.k8s.io/v1/apiservices'),
    readCustomResources(client, options),
    list('/apis/storage.k8s.io/v1/storageclasses'),
    list('/apis/networking.k8s.io/v1/ingressclasses'),
  ])
  const [namespaces, budgets, autoscalers, deprecatedApis, kubeProxyReplaced] = await Promise.all([
    list('/api/v1/namespaces'),
    list('/apis/policy/v1/poddisruptionbudgets'),
    readAutoscalers(client, options),
    readDeprecatedApis(client, options),
    replacesKubeProxy(client, options),
  ])
  return {
    at: new Date().toISOString(),
    webhooks,
    admissionPolicies: mapRead(policies, nameIn),
    apiServices: mapRead(apiServices, apiServiceFact),
    customResources,
    defaultStorageClasses: mapRead(filterRead(storage, isDefault), nameIn),
    ingressClasses: mapRead(ingress, (object) => ({
      name: nameIn(object),
      controller: textIn(recordIn(object['spec'])['controller']),
    })),
    namespaces: mapRead(namespaces, namespaceFact),
    budgets: mapRead(budgets, budgetFact),
    autoscalers,
    deprecatedApis,
    kubeProxyReplaced,
  }
}

import type { ClusterFacts, NamespaceFact, WebhookFact } from '@fairlead/contracts/cluster-facts'

export const now = new Date('2026-11-23T10:00:00Z')
export const read = <T>(...items: readonly T[]) => ({ state: 'read' as const, items })

export const namespaceFact = (name: string, change: Partial<NamespaceFact> = {}): NamespaceFact => ({
  name,
  labels: { 'kubernetes.io/metadata.name': name },
  terminatingSince: null,
  remaining: [],
  ...change,
})

/** A webhook that is as it should be: narrow, quick, up, and not about itself. */
export const webhookFact = (change: Partial<WebhookFact> = {}): WebhookFact => ({
  kind: 'Validating',
  configuration: 'policy',
  name: 'pods.policy.example.org',
  failurePolicy: 'Fail',
  timeoutSeconds: 5,
  rules: [{ operations: ['CREATE'], apiGroups: [''], resources: ['pods'], scope: '*' }],
  namespaceSelector: {
    matchExpressions: [
      { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'policy'] },
    ],
  },
  objectSelector: {},
  matchConditions: 0,
  service: { namespace: 'policy', name: 'webhook' },
  url: null,
  endpoints: 2,
  caExpiresAt: '2027-11-23T10:00:00.000Z',
  ...change,
})

/** A cluster with nothing remarkable in it. */
export const sampleFacts = (change: Partial<ClusterFacts> = {}): ClusterFacts => ({
  at: now.toISOString(),
  webhooks: read(),
  admissionPolicies: read(),
  apiServices: read(),
  customResources: read(),
  defaultStorageClasses: read('standard'),
  ingressClasses: read(),
  namespaces: read(namespaceFact('kube-system'), namespaceFact('policy'), namespaceFact('shop')),
  budgets: read(),
  autoscalers: read(),
  deprecatedApis: read(),
  kubeProxyReplaced: false,
  ...change,
})

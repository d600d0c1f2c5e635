/** What a cluster holds beside workloads, as far as its complexity, its upgrades and its drains depend on it. */

/** A question that may not be asked, or was not answered, is unknown: never none. */
export type Read<T> =
  | { readonly state: 'read'; readonly items: readonly T[] }
  /** `absent`: the cluster does not serve the kind at all. */
  | { readonly state: 'denied' | 'absent' | 'failed'; readonly words: string }

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined
  readonly matchExpressions?:
    | readonly {
        readonly key: string
        readonly operator: string
        readonly values?: readonly string[] | undefined
      }[]
    | undefined
}

export interface WebhookRule {
  readonly operations: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly scope: string
}

export interface WebhookFact {
  readonly kind: 'Mutating' | 'Validating'
  /** The configuration object, and the webhook in it. */
  readonly configuration: string
  readonly name: string
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly timeoutSeconds: number
  readonly rules: readonly WebhookRule[]
  readonly namespaceSelector: LabelSelector
  readonly objectSelector: LabelSelector
  readonly matchConditions: number
  readonly service: { readonly namespace: string; readonly name: string } | null
  readonly url: string | null
  /** Ready endpoints of its Service; null where there is no Service, or they could not be read. */
  readonly endpoints: number | null
  /** When the first certificate of its bundle that ends, ends; null for none or an unreadable one. */
  readonly caExpiresAt: string | null
}

export interface ApiServiceFact {
  readonly name: string
  readonly service: string | null
  readonly available: boolean
  readonly reason: string
  readonly message: string
}

export interface NamespaceFact {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly terminatingSince: string | null
  /** What it says still keeps it. */
  readonly remaining: readonly string[]
}

export interface CustomResourceFact {
  readonly name: string
  /** Objects that were looked at, at most twenty; null when they may not be read. */
  readonly objects: number | null
  /** Field managers that wrote their status: the controllers, as far as the cluster can tell. */
  readonly statusManagers: readonly string[]
  readonly hasStatus: boolean
}

export interface BudgetFact {
  readonly namespace: string
  readonly name: string
  readonly selector: LabelSelector | null
  readonly disruptionsAllowed: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly expectedPods: number
}

export interface AutoscalerFact {
  readonly kind: 'HorizontalPodAutoscaler' | 'VerticalPodAutoscaler'
  readonly namespace: string
  readonly name: string
  readonly targetKind: string
  readonly targetName: string
  /** `cpu`, `memory` … that it acts on. */
  readonly resources: readonly string[]
  /** Of a VerticalPodAutoscaler: whether it changes pods by itself. */
  readonly active: boolean
  readonly minReplicas: number | null
}

export interface DeprecatedApiFact {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly subresource: string
  readonly removedRelease: string
}

export interface ClusterFacts {
  readonly at: string
  readonly webhooks: Read<WebhookFact>
  readonly admissionPolicies: Read<string>
  readonly apiServices: Read<ApiServiceFact>
  readonly customResources: Read<CustomResourceFact>
  /** Names of those that are marked as default. */
  readonly defaultStorageClasses: Read<string>
  readonly ingressClasses: Read<{ readonly name: string; readonly controller: string }>
  readonly namespaces: Read<NamespaceFact>
  readonly budgets: Read<BudgetFact>
  readonly autoscalers: Read<AutoscalerFact>
  readonly deprecatedApis: Read<DeprecatedApiFact>
  /** Whether Cilium says that it replaces kube-proxy. */
  readonly kubeProxyReplaced: boolean
}

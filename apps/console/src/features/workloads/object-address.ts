import { kindOfWord, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'

export interface ObjectAddress {
  /** Cluster name. */
  readonly cluster: string
  readonly kind: WatchedKind
  readonly namespace: string | null
  readonly name: string
}

/** Stands where a namespace would, for kinds that have none. */
const noNamespace = '-'

/** kubectl's words in the address: `/workloads/staging/deployments/shop/web`. */
export function objectHref({ cluster, kind, namespace, name }: ObjectAddress, tab?: string): string {
  const namespaced = watchedKinds[kind].namespaced ? (namespace ?? noNamespace) : noNamespace
  const path = [cluster, watchedKinds[kind].plural, namespaced, name].map(encodeURIComponent).join('/')
  return `/workloads/${path}${tab === undefined ? '' : `?tab=${tab}`}`
}

/** The address's four parts; null for a kind that nobody knows. */
export function parseObjectAddress(parts: {
  cluster: string
  kind: string
  namespace: string
  name: string
}): ObjectAddress | null {
  const [cluster, word, namespace, name] = [parts.cluster, parts.kind, parts.namespace, parts.name].map(
    decodeURIComponent,
  )
  const kind = word === undefined ? undefined : kindOfWord(word)
  if (!cluster || !kind || !namespace || !name) return null
  return { cluster, kind, namespace: namespace === noNamespace ? null : namespace, name }
}

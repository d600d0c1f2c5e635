import { entryKinds, type EntryKind, type NetworkRef } from '@fairlead/contracts/network'
import { kindOfWord, watchedKinds } from '@fairlead/contracts/kinds'
import { objectHref } from '@/features/workloads/object-address'

export interface PathAddress {
  /** Cluster name. */
  readonly cluster: string
  readonly kind: EntryKind
  readonly namespace: string
  readonly name: string
}

/** kubectl's words in the address: `/network/staging/services/shop/web`. */
export const pathHref = ({ cluster, kind, namespace, name }: PathAddress): string =>
  `/network/${[cluster, watchedKinds[kind].plural, namespace, name].map(encodeURIComponent).join('/')}`

export function parsePathAddress(parts: {
  cluster: string
  kind: string
  namespace: string
  name: string
}): PathAddress | null {
  const [cluster, word, namespace, name] = [parts.cluster, parts.kind, parts.namespace, parts.name].map(
    decodeURIComponent,
  )
  const known = kindOfWord(word ?? '')
  const kind = entryKinds.find((each) => each === known)
  if (!cluster || kind === undefined || !namespace || !name) return null
  return { cluster, kind, namespace, name }
}

/** Where a node of the graph leads: a path of its own, or the object's page. */
export function refHref(cluster: string, { kind, namespace, name }: NetworkRef): string | undefined {
  const entry = entryKinds.find((each) => each === kind)
  if (entry !== undefined && namespace !== null) return pathHref({ cluster, kind: entry, namespace, name })
  const watched = kindOfWord(kind)
  return watched === undefined ? undefined : objectHref({ cluster, kind: watched, namespace, name })
}

import { watchedKindNames, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { WatchTarget } from '@fairlead/kube/list-watch'

/** What one watch follows, and one source says how fresh it is: a kind everywhere, or in one namespace. */
export interface WatchUnit {
  readonly kind: WatchedKind
  /** null: everywhere. */
  readonly namespace: string | null
}

/** As people read it. */
export const unitWords = ({ kind, namespace }: WatchUnit): string =>
  namespace === null ? kind : `${kind} in ${namespace}`

/**
 * Everything that is watched of a cluster, in the order in which it is listed. Where only some namespaces may be read,
 * each of them is watched by itself; of the namespaces those alone, and what belongs to no namespace is tried as ever.
 */
export function watchUnits(namespaces: readonly string[]): readonly WatchUnit[] {
  if (namespaces.length === 0) return watchedKindNames.map((kind) => ({ kind, namespace: null }))
  return watchedKindNames.flatMap((kind): WatchUnit[] =>
    watchedKinds[kind].namespaced || kind === 'Namespace'
      ? namespaces.map((namespace) => ({ kind, namespace }))
      : [{ kind, namespace: null }],
  )
}

export function targetOf({ kind, namespace }: WatchUnit): WatchTarget {
  const { apiVersion, plural, namespaced } = watchedKinds[kind]
  const target = { apiVersion, plural, kind }
  if (namespace === null) return target
  return namespaced ? { ...target, namespace } : { ...target, fieldSelector: `metadata.name=${namespace}` }
}

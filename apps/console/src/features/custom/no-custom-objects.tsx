import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Shapes } from 'lucide-react'
import { shellWord } from '@/features/workloads/shell-word'

type NoCustomObjectsProps = {
  page: CustomObjectPage
  /** The one that was asked; null for all that may be. */
  namespace: string | null
  filtered: boolean
  more: boolean
}

export function NoCustomObjects({ page, namespace, filtered, more }: NoCustomObjectsProps) {
  const { kind, namespaces } = page
  if (filtered)
    return (
      <EmptyState title={`No loaded ${kind.kind} matches the filter`}>
        {more ? 'Load more, or clear the filter.' : 'Clear the filter to see all.'}
      </EmptyState>
    )
  if (more)
    return (
      <EmptyState icon={<Shapes aria-hidden />} title="None in the namespaces asked so far">
        You may see many namespaces; load more to ask the others.
      </EmptyState>
    )
  const scope = kind.namespaced ? (namespace === null ? ' -A' : ` -n ${shellWord(namespace)}`) : ''
  return (
    <EmptyState
      icon={<Shapes aria-hidden />}
      title={`No ${kind.kind} here`}
      command={`kubectl get ${kind.definition}${scope}`}
    >
      {namespace !== null
        ? `The namespace ${namespace} holds none. Compare with:`
        : namespaces === 'all' || namespaces === null
          ? 'The cluster holds none. Compare with:'
          : `There is none in ${namespaces.join(', ')}: no other namespace is asked for you. Compare with:`}
    </EmptyState>
  )
}

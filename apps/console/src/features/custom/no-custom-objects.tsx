import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Shapes } from 'lucide-react'

type NoCustomObjectsProps = { page: CustomObjectPage; filtered: boolean; more: boolean }

export function NoCustomObjects({ page, filtered, more }: NoCustomObjectsProps) {
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
  return (
    <EmptyState
      icon={<Shapes aria-hidden />}
      title={`No ${kind.kind} here`}
      command={`kubectl get ${kind.definition}${kind.namespaced ? ' -A' : ''}`}
    >
      {namespaces === 'all' || namespaces === null
        ? 'The cluster holds none. Compare with:'
        : `There is none in ${namespaces.join(', ')}. Others are not asked for you. Compare with:`}
    </EmptyState>
  )
}

import type { DeniedSource } from '@fairlead/contracts/inventory'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Boxes, Lock } from 'lucide-react'

type NoRowsProps = {
  kind: WatchedKind
  /** There are rows, but no filter lets one through. */
  filtered: boolean
  clusters: number | undefined
  denied: readonly DeniedSource[]
}

export function NoRows({ kind, filtered, clusters, denied }: NoRowsProps) {
  const { plural } = watchedKinds[kind]
  if (filtered) {
    return <EmptyState title={`No ${plural} match the filters`}>Clear one of them to see more.</EmptyState>
  }
  if (clusters === 0) {
    return (
      <EmptyState
        icon={<Boxes aria-hidden />}
        title="No cluster yet"
        command="fairlead cluster add staging --kubeconfig ~/.kube/config"
        action={
          <Button variant="primary" href="/settings/clusters/register">
            Register cluster
          </Button>
        }
      >
        Workloads appear here as soon as Fairlead watches a cluster.
      </EmptyState>
    )
  }
  const [refusal] = denied
  if (refusal !== undefined) {
    return (
      <EmptyState icon={<Lock aria-hidden />} title="Not permitted">
        {refusal.message ?? `Fairlead may not list ${plural} there.`}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<Boxes aria-hidden />}
      title={`No ${plural} that you may see`}
      command={`kubectl get ${plural} -A`}
    >
      None of the watched clusters has any in a namespace that your projects cover. Compare with:
    </EmptyState>
  )
}

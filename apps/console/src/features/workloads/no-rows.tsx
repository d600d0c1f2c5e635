import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Boxes } from 'lucide-react'

type NoRowsProps = {
  kind: WatchedKind
  /** There are rows, but no filter lets one through. */
  filtered: boolean
  clusters: number | undefined
}

export function NoRows({ kind, filtered, clusters }: NoRowsProps) {
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

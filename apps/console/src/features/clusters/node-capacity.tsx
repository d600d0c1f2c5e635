'use client'

import type { ClusterDetail, NodeRow } from '@fairlead/contracts/cluster'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { CapacityBar } from './capacity-bar'
import { isStale } from './is-stale'
import { bytesText, coresText } from './quantity'
import { RequestedBars } from './requested-bars'

type NodeCapacityProps = { cluster: string; uid: string }

/** What a node uses, beside what it has promised, beside what it can give. */
export function NodeCapacity({ cluster, uid }: NodeCapacityProps) {
  const query = useQuery(useTRPC().cluster.get.queryOptions({ cluster }))
  const node = query.data?.nodes.find((each) => each.uid === uid)
  if (query.data && node) return <Loaded detail={query.data} node={node} />
  if (query.error)
    return (
      <FaultState
        what="What this node uses could not be shown."
        error={query.error}
        right="inventory.view"
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    )
  if (query.data) return null
  return (
    <SkeletonRows
      rows={2}
      label="Loading what it uses"
      className="rounded-lg border border-line bg-surface"
    />
  )
}

function Loaded({ detail, node }: { detail: ClusterDetail; node: NodeRow }) {
  const { usage } = node
  return (
    <Card
      title="Capacity"
      stale={isStale(detail.cluster.freshness)}
      footer={
        usage ? (
          <>
            Use is the mean of {usage.windowSeconds} s, measured <RelativeTime at={usage.at} />.
          </>
        ) : (
          notMeasured(detail)
        )
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {usage ? (
          <>
            <CapacityBar
              label="CPU used"
              verb="used"
              used={usage.cpuMillis}
              of={node.cpuAllocatable}
              text={coresText}
            />
            <CapacityBar
              label="Memory used"
              verb="used"
              used={usage.memoryBytes}
              of={node.memoryAllocatable}
              text={bytesText}
            />
          </>
        ) : null}
        <RequestedBars of={node} />
      </div>
    </Card>
  )
}

/** Why there is no figure: what was not measured is not 0. */
export function notMeasured({ usage }: Pick<ClusterDetail, 'usage'>): string {
  if (usage === null) return 'What is used is not known: the cluster has not been asked yet.'
  return usage.state === 'read'
    ? 'What is used is not known: the metrics API says nothing of this node.'
    : `What is used is not known. ${usage.words}.`
}

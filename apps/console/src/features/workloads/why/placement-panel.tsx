'use client'

import type { Placement } from '@fairlead/contracts/scheduling-scores'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useUrlParams } from '@/features/rollouts/url-param'
import { alone } from '@/live/api-client'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { PointsList } from './points-list'
import { RankingTable } from './ranking-table'

type PlacementPanelProps = { cluster: string; namespace: string; pod: string; node: string }

/** Why a pod is on its node: asked only when somebody wants to know, since all nodes and pods are read for it. */
export function PlacementPanel({ node, ...pod }: PlacementPanelProps) {
  const [params, set] = useUrlParams()
  const open = params.get('placement') === '1'
  return (
    <Card
      flush={open}
      title={`Why on ${node}?`}
      actions={
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          onClick={() => set({ placement: open ? null : '1' })}
        >
          {open ? 'Close' : 'Ask the cluster'}
        </Button>
      }
    >
      {open ? <Asked {...pod} /> : null}
    </Card>
  )
}

function Asked({ cluster, namespace, pod }: Omit<PlacementPanelProps, 'node'>) {
  const { data, error, refetch, isFetching } = useQuery(
    useTRPC().pod.why.queryOptions({ cluster, namespace, pod, placement: true }, { trpc: alone }),
  )
  if (data?.placement) return <Answer placement={data.placement} at={data.at} unseen={data.unseen} />
  if (error)
    return (
      <FaultState
        what="Why it is there could not be found out."
        error={error}
        right="inventory.view"
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  if (data) return <p className="px-4 py-3 text-sm text-muted">It has no node any more.</p>
  return <SkeletonRows rows={4} label="Asking the cluster why it is there" />
}

type AnswerProps = { placement: Placement; at: string; unseen: readonly { what: string; why: string }[] }

function Answer({ placement, at, unseen }: AnswerProps) {
  const { words, ranking, points } = placement
  return (
    <>
      <p className="px-4 py-3 text-sm text-pretty">
        {words}{' '}
        <span className="text-muted">
          Judged by the cluster as it was <RelativeTime at={at} />.
        </span>
      </p>
      {ranking ? <RankingTable ranking={ranking} /> : null}
      <PointsList points={points} />
      {unseen.length > 0 ? (
        <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
          Could not see {unseen.map(({ what }) => what).join(', ')}.
        </p>
      ) : null}
    </>
  )
}

'use client'

import { hasDifferences, summaryOf, type ComparisonView } from '@fairlead/contracts/comparison'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, FileQuestion, RotateCw } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { SourceMark } from '@/features/clusters/source-mark'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { toast } from '@/features/shell/toast'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { ComparedGroups } from './compared-groups'
import { CompareToolbar, useCompareFilter } from './compare-toolbar'
import { groupsInView } from './in-view'
import { LeftOut } from './left-out'
import { sideInput, sideText, type SideAddress } from './sides'

type ComparisonProps = { left: SideAddress; right: SideAddress; application: string | null }

const commandOf = ({ left, right, application }: ComparisonProps): string =>
  [
    `fairlead compare ${sideText(left)} ${sideText(right)}`,
    ...(application === null ? [] : [`-a ${application}`]),
  ].join(' ')

/** What differs between two sides, read when it is opened; a click reads it again. */
export function Comparison({ left, right, application }: ComparisonProps) {
  const query = useQuery(
    useTRPC().fleet.compare.queryOptions({
      left: sideInput(left),
      right: sideInput(right),
      ...(application === null ? {} : { application }),
    }),
  )
  const fault = query.error ? (
    <FaultState
      what={`${sideText(left)} and ${sideText(right)} could not be compared.`}
      error={query.error}
      right="inventory.view"
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  ) : null
  if (query.data)
    return (
      <section aria-label="Differences" className="flex min-w-0 flex-col gap-3">
        {fault}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p role="status" className="min-w-0 flex-1 basis-64 text-base font-semibold break-words">
            {summaryOf(query.data)}
          </p>
          <ReadFrom view={query.data} />
          <Button
            icon={<RotateCw aria-hidden />}
            loading={query.isFetching}
            onClick={() => void query.refetch()}
          >
            Read again
          </Button>
          <CopyAsMenu
            fairlead={commandOf({ left, right, application })}
            onCopied={(what) => toast.success(`Copied as ${what}`)}
          />
        </div>
        <Loaded view={query.data} />
        <LeftOut view={query.data} />
      </section>
    )
  return fault ?? <Reading />
}

const Reading = () => (
  <div role="status" aria-label="Comparing" className="flex flex-col gap-3">
    <CardSkeleton lines={2} />
    <CardSkeleton lines={8} />
  </div>
)

/** Live answers are as old as the answer; what was stored is as old as the clusters are silent. */
function ReadFrom({ view: { read, left, right, at } }: { view: ComparisonView }) {
  if (read === 'live')
    return (
      <span className="text-xs text-muted">
        Read from {left.cluster.id === right.cluster.id ? left.cluster.name : 'both clusters'}{' '}
        <RelativeTime at={at} />
      </span>
    )
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      {[left, right].map(({ cluster }, index) => (
        <span key={index} className="inline-flex items-center gap-2">
          <ClusterMark cluster={cluster} compact />
          <SourceMark freshness={cluster.freshness} />
        </span>
      ))}
      <span>
        Compared <RelativeTime at={at} />
      </span>
    </span>
  )
}

const box = 'rounded-lg border border-line bg-surface'

function Loaded({ view }: { view: ComparisonView }) {
  const { filter, ...controls } = useCompareFilter()
  const groups = groupsInView(view.objects, filter)
  if (view.objects.length === 0)
    return (
      <div className={box}>
        <EmptyState title="Nothing to compare" icon={<FileQuestion aria-hidden />}>
          Neither side has an object of a kind that is compared.
        </EmptyState>
      </div>
    )
  return (
    <>
      <CompareToolbar view={view} filter={filter} {...controls} />
      {groups.length > 0 ? (
        <ComparedGroups view={view} groups={groups} />
      ) : (
        <div className={box}>
          {hasDifferences(view) ? (
            <EmptyState title="No object matches the filters" />
          ) : (
            <EmptyState title="No difference that matters" icon={<CircleCheck aria-hidden />}>
              {view.counts.equal} {view.counts.equal === 1 ? 'is' : 'are'} equal on both sides.
            </EmptyState>
          )}
        </div>
      )}
    </>
  )
}

'use client'

import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { watchedKinds } from '@fairlead/contracts/kinds'
import { usageKeptDays, type UsageSource, type WorkloadUsageView } from '@fairlead/contracts/usage'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { Unanswered } from '@/live/unanswered'
import type { ObjectRef } from '../object-ref'
import { PodsUse } from './pods-use'
import { RequestsCard } from './requests-card'

type UsageTabProps = { detail: WorkloadDetail; objectRef: ObjectRef }

/** What it requests against what it was seen to use, and what its pods use now. */
export default function UsageTab({ detail, objectRef }: UsageTabProps) {
  const query = useQuery(useTRPC().workload.usage.queryOptions(objectRef))
  if (query.data) return <Loaded usage={query.data} detail={detail} />
  return (
    <Unanswered query={query} what="What it uses could not be shown." label="Loading what it uses" rows={5} />
  )
}

function Loaded({ usage, detail }: { usage: WorkloadUsageView; detail: WorkloadDetail }) {
  const { kind } = detail.row
  return (
    <div className="flex flex-col gap-4">
      <Source source={usage.source} />
      {watchedKinds[kind].workload ? (
        <RequestsCard containers={usage.containers} notes={usage.notes} />
      ) : (
        <p className="text-sm text-muted">
          Requests are judged over all pods of a workload, on its own page.
        </p>
      )}
      <PodsUse pods={usage.pods} cluster={usage.cluster.name} namespace={detail.row.namespace} />
    </div>
  )
}

const looks: Record<UsageSource['state'], { tone: Tone; word: string }> = {
  read: { tone: 'ok', word: 'Measured' },
  absent: { tone: 'neutral', word: 'No metrics API' },
  unavailable: { tone: 'failing', word: 'Metrics API not available' },
  denied: { tone: 'unknown', word: 'Not allowed' },
  failed: { tone: 'unknown', word: 'Not answered' },
}

function Source({ source }: { source: UsageSource | null }) {
  if (source === null)
    return (
      <p className="text-sm">
        <StatusMark tone="unknown" word="Not asked yet" reason="The cluster's watcher asks every minute." />
      </p>
    )
  const { state, words, at } = source
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <StatusMark {...looks[state]} />
      <span className="min-w-0 break-words">
        {words === '' ? `Kept for ${usageKeptDays} days, as counts by size. ` : `${words}. `}
        Asked <RelativeTime at={at} />.
      </span>
    </p>
  )
}

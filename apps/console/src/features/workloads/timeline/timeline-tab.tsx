'use client'

import type { EpisodeTimes } from '@fairlead/contracts/convergence'
import type { EpisodeTimeline, WorkloadTimeline } from '@fairlead/contracts/reconciliation'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { durationText } from '@fairlead/ui/time-text'
import { useQuery } from '@tanstack/react-query'
import { Timer } from 'lucide-react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'
import { Unanswered } from '@/live/unanswered'
import type { ObjectRef } from '../object-ref'
import { EpisodeBar, EpisodeLegend } from './episode-bar'
import { EpisodeStages } from './episode-stages'

const askedEveryMs = 5_000

/** Each time actual and desired parted, until they met again: by stages, with what was not seen left open. */
export default function TimelineTab({ objectRef, stale }: { objectRef: ObjectRef; stale: boolean }) {
  const query = useQuery(
    useTRPC().workload.timeline.queryOptions(objectRef, { refetchInterval: askedEveryMs }),
  )
  if (query.data) return <Loaded timeline={query.data} stale={stale} />
  return (
    <Unanswered query={query} what="Its timeline could not be shown." label="Loading its timeline" rows={6} />
  )
}

type LoadedProps = { timeline: WorkloadTimeline; stale: boolean }

function Loaded({ timeline: { episodes, times }, stale }: LoadedProps) {
  const [params] = useUrlParams()
  const chosen = params.get('episode')
  const found = episodes.find(({ openedAt }) => openedAt === chosen)
  const open = found ?? episodes[0]
  if (open === undefined)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState
          icon={<Timer aria-hidden />}
          title="Actual and desired have not parted since Fairlead watches."
        >
          An episode begins when it is changed or departs from what is wanted of it.
        </EmptyState>
      </div>
    )
  return (
    <div className="flex flex-col gap-4">
      <Times times={times} />
      {chosen !== null && found === undefined ? (
        <p role="status" className="text-sm text-muted">
          The episode of this address is not among those that are kept: here is the newest.
        </p>
      ) : null}
      <Card
        title={open.closedAt !== null ? 'Converged' : stale ? 'Going on when last seen' : 'Going on'}
        description={open.reason}
        actions={<Lasted episode={open} />}
        stale={stale && open.closedAt === null}
      >
        <EpisodeBar episode={open} />
        <EpisodeLegend episode={open} />
        <EpisodeStages episode={open} />
      </Card>
      {episodes.length > 1 ? <Episodes episodes={episodes} open={open} /> : null}
    </div>
  )
}

function Times({ times }: { times: EpisodeTimes }) {
  const parts = [
    ['Median', times.p50Ms],
    ['90 %', times.p90Ms],
    ['99 %', times.p99Ms],
    ['Slowest', times.slowestMs],
  ] as const
  return (
    <Card
      title="Time to converge"
      description="Of the episodes below that were watched from beginning to end"
    >
      <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
        {parts.map(([word, ms]) => (
          <div key={word}>
            <dt className="text-xs text-muted">{word}</dt>
            <dd className="font-medium tabular-nums">{ms === null ? '–' : durationText(Math.round(ms))}</dd>
          </div>
        ))}
        <div>
          <dt className="text-xs text-muted">Episodes</dt>
          <dd className="font-medium tabular-nums">
            {times.episodes}
            {times.unobserved === 0 ? null : (
              <span className="font-normal text-muted"> and {times.unobserved} not watched to the end</span>
            )}
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function Lasted({ episode: { openedAt, closedAt, gaps } }: { episode: EpisodeTimeline }) {
  return (
    <span className="text-sm text-muted">
      {gaps.length > 0 && closedAt !== null ? 'at most ' : null}
      <Duration from={openedAt} to={closedAt} />
    </span>
  )
}

function Episodes({ episodes, open }: { episodes: readonly EpisodeTimeline[]; open: EpisodeTimeline }) {
  const [, set] = useUrlParams()
  return (
    <Card title="Episodes" description="Newest first; each bar is as long as its own episode">
      <ol className="flex flex-col">
        {episodes.map((episode, index) => (
          <li key={episode.openedAt} className="border-t border-line first:border-t-0">
            <button
              type="button"
              aria-current={episode === open ? 'true' : undefined}
              onClick={() => set({ episode: index === 0 ? null : episode.openedAt }, 'push')}
              className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 rounded-md px-2 py-2 text-left text-sm hover:bg-hover aria-[current=true]:bg-selected sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium" title={episode.reason}>
                  {episode.reason}
                </span>
                <RelativeTime at={episode.openedAt} className="text-xs text-muted" />
              </span>
              <span className="max-sm:order-last max-sm:col-span-2">
                <EpisodeBar episode={episode} />
              </span>
              <Lasted episode={episode} />
            </button>
          </li>
        ))}
      </ol>
    </Card>
  )
}

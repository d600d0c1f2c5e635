'use client'

import type { ActivityView } from '@fairlead/contracts/fleet'
import { rolloutStates } from '@fairlead/contracts/rollout-states'
import { AppLink } from '@fairlead/ui/app-link'
import { Card } from '@fairlead/ui/card'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { rolloutHref } from '@/features/rollouts/addresses'
import { StageTrail } from '@/features/rollouts/stage-trail'
import { RolloutMark } from '@/features/rollouts/states'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { ChangesCard } from './changes-card'

/** Beside the fleet: what waits for me, and what is moving or has just moved. */
export function ActivityColumn({ wide }: { wide: boolean }) {
  const { data, error } = useQuery(useTRPC().activity.get.queryOptions({}))
  if (error) return <p className="text-xs text-muted">Rollouts: {faultOf(error).message}</p>
  const inMotion = data?.rollouts.filter(({ state }) => !rolloutStates[state].terminal) ?? []
  const ended = data?.rollouts.filter(({ state }) => rolloutStates[state].terminal) ?? []
  return (
    <aside
      aria-label="Activity"
      className={cn(
        'grid min-w-0 items-start gap-4 md:max-xl:grid-cols-2',
        wide && 'md:grid-cols-2 xl:grid-cols-4',
      )}
    >
      <Card flush title="Waiting for me" actions={<TextLink href="/approvals">Approvals</TextLink>}>
        <List loading={!data} empty="Nothing waits for your approval.">
          {data?.waitingForMe.map((item) => (
            <WaitingRow key={`${item.rollout.id}${item.stage}`} item={item} />
          ))}
        </List>
      </Card>
      <Card flush title="Rollouts in motion" actions={<TextLink href="/rollouts">All</TextLink>}>
        <List loading={!data} empty="Nothing is moving right now.">
          {inMotion.map((rollout) => (
            <RolloutRow key={rollout.id} rollout={rollout} />
          ))}
        </List>
      </Card>
      <ChangesCard />
      {ended.length > 0 ? (
        <Card flush title="Rollouts that ended in the last hour">
          <List loading={false} empty="">
            {ended.slice(0, 8).map((rollout) => (
              <RolloutRow key={rollout.id} rollout={rollout} />
            ))}
          </List>
        </Card>
      ) : null}
    </aside>
  )
}

type ListProps = { loading: boolean; empty: string; children: ReactNode[] | undefined }

function List({ loading, empty, children }: ListProps) {
  if (loading) return <SkeletonRows rows={2} />
  if (!children || children.length === 0) return <p className="px-4 py-3 text-xs text-muted">{empty}</p>
  return <ul className="divide-y divide-line">{children}</ul>
}

const rowLook = 'block min-w-0 px-4 py-2.5 text-sm transition-colors hover:bg-hover'

function WaitingRow({ item }: { item: ActivityView['waitingForMe'][number] }) {
  const { rollout, stage, requestedAt } = item
  return (
    <li>
      <AppLink href={rolloutHref(rollout.id, stage)} className={rowLook}>
        <span className="flex items-baseline justify-between gap-2">
          <span className="truncate font-medium">
            {rollout.application} <span className="text-muted">to {stage}</span>
          </span>
          <RelativeTime at={requestedAt} className="shrink-0 text-xs text-faint" />
        </span>
        <span className="mt-0.5 block truncate text-xs text-muted">
          #{rollout.number} asked by {rollout.requester}
        </span>
      </AppLink>
    </li>
  )
}

function RolloutRow({ rollout }: { rollout: ActivityView['rollouts'][number] }) {
  const { id, application, number, stages, state, paused, finishedAt, createdAt } = rollout
  return (
    <li>
      <AppLink href={rolloutHref(id)} className={rowLook}>
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-medium">
            {application} <span className="text-muted">#{number}</span>
          </span>
          <RolloutMark state={state} paused={paused} className="shrink-0 text-xs" />
        </span>
        <span className="mt-1 flex min-w-0 items-center justify-between gap-3">
          <StageTrail stages={stages} />
          <RelativeTime at={finishedAt ?? createdAt} className="shrink-0 text-xs text-faint" />
        </span>
      </AppLink>
    </li>
  )
}

'use client'

import type { FleetChange } from '@fairlead/contracts/convergence'
import { kindOfWord } from '@fairlead/contracts/kinds'
import { AppLink } from '@fairlead/ui/app-link'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { objectHref } from '@/features/workloads/object-address'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

const shown = 8
const askedEveryMs = 10_000

/** Workloads that were changed, or departed from what is wanted, in the last hour: whoever did it, with whatever tool. */
export function ChangesCard() {
  const { data, error } = useQuery(
    useTRPC().fleet.changes.queryOptions({}, { refetchInterval: askedEveryMs }),
  )
  return (
    <Card
      flush
      title="Changed in the last hour"
      actions={<TextLink href="/fleet/convergence">Time to converge</TextLink>}
      footer={data && data.total > shown ? `and ${data.total - shown} more` : undefined}
    >
      {error ? <p className="px-4 py-3 text-xs text-muted">{faultOf(error).message}</p> : null}
      {!data && !error ? <SkeletonRows rows={2} /> : null}
      {data?.changes.length === 0 ? (
        <p className="px-4 py-3 text-xs text-muted">No workload was changed.</p>
      ) : (
        <ul className="divide-y divide-line">
          {data?.changes.slice(0, shown).map((change) => (
            <Change key={`${change.cluster.id} ${change.name} ${change.openedAt}`} change={change} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Change({ change }: { change: FleetChange }) {
  const { cluster, kind, namespace, name, reason, openedAt, closedAt } = change
  const known = kindOfWord(kind)
  const href =
    known === undefined ? '/workloads' : objectHref({ cluster: cluster.name, kind: known, namespace, name })
  return (
    <li>
      <AppLink href={href} className="block min-w-0 px-4 py-2.5 text-sm transition-colors hover:bg-hover">
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-medium">
            {name} <span className="font-normal text-muted">{cluster.name}</span>
          </span>
          <RelativeTime at={openedAt} className="shrink-0 text-xs text-faint" />
        </span>
        <span className="mt-0.5 flex min-w-0 items-center justify-between gap-3 text-xs text-muted">
          <span className="min-w-0 truncate" title={reason}>
            {reason}
          </span>
          {closedAt === null ? (
            <StatusMark tone="progress" word="Going on" className="shrink-0 text-xs" />
          ) : (
            <span className="shrink-0">
              converged in <Duration from={openedAt} to={closedAt} />
            </span>
          )}
        </span>
      </AppLink>
    </li>
  )
}

'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import type { UpgradeCheck, UpgradeState } from '@fairlead/contracts/upgrade'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useQuery } from '@tanstack/react-query'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

const looks: Record<UpgradeState, { tone: Tone; word: string }> = {
  ready: { tone: 'ok', word: 'Ready' },
  attention: { tone: 'waiting', word: 'Attention' },
  blocked: { tone: 'failing', word: 'Blocked' },
  unknown: { tone: 'unknown', word: 'Unknown' },
}
const sums: Record<UpgradeState, string> = {
  ready: 'Nothing that Fairlead looks at stands in the way.',
  attention: 'It can be done; somebody will notice.',
  blocked: 'Something would break, or not end.',
  unknown: 'What could not be read is not a pass.',
}

/** What stands between this cluster and its next minor version. */
export default function UpgradeTab({ cluster }: { cluster: ClusterCard }) {
  const query = useQuery(useTRPC().cluster.upgrade.queryOptions({ cluster: cluster.name }))
  if (query.error)
    return (
      <FaultState
        what="The upgrade readiness of this cluster could not be shown."
        error={query.error}
        right="inventory.view"
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    )
  if (!query.data) return <SkeletonRows label="Loading the upgrade readiness" />
  const { version, next, checks, state, at } = query.data
  return (
    <Card
      flush
      title={
        <span className="flex flex-wrap items-center gap-3">
          {version ?? 'unknown version'} → {next ?? 'next version'}
          <StatusMark {...looks[state]} reason={sums[state]} variant="plain" />
        </span>
      }
      footer={
        at ? (
          <>
            The cluster was asked <RelativeTime at={at} />; it is every two minutes. Nodes and workloads as
            they are in the inventory.
          </>
        ) : (
          'The cluster has not been asked yet.'
        )
      }
    >
      <ul className="divide-y divide-line">
        {checks.map((check) => (
          <Check key={check.check} check={check} />
        ))}
      </ul>
    </Card>
  )
}

const shown = 10

function Check({ check }: { check: UpgradeCheck }) {
  const { title, state, words, evidence } = check
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 text-sm sm:grid-cols-[14rem_7rem_1fr]">
      <p className="font-medium">{title}</p>
      <div>
        <StatusMark {...looks[state]} />
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="break-words">{words}</p>
        {evidence.length > 0 ? (
          <ul className="flex flex-col gap-0.5 text-xs text-muted">
            {evidence.slice(0, shown).map((each) => (
              <li key={`${each.namespace} ${each.words}`} className="break-words">
                {each.namespace === null ? '' : `${each.namespace}: `}
                {each.words}
              </li>
            ))}
            {evidence.length > shown ? <li>and {evidence.length - shown} more</li> : null}
          </ul>
        ) : null}
      </div>
    </li>
  )
}

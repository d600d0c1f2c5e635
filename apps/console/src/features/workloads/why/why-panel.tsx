'use client'

import type { PodWhy } from '@fairlead/contracts/pod-why'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useQuery } from '@tanstack/react-query'
import { EyeOff } from 'lucide-react'
import { alone } from '@/live/api-client'
import { useTRPC } from '@/live/trpc'
import { Unanswered } from '@/live/unanswered'
import { FindingsList } from './findings-list'
import { SchedulingAnswer } from './scheduling-answer'

/** Other pods come and go without a word about this one: what they left free is looked at again. */
const againMs = 15_000

type WhyPanelProps = { cluster: string; namespace: string; pod: string }

/** Why a pod is pending, crashing or not ready, read from its cluster as it is now. */
export function WhyPanel({ cluster, namespace, pod }: WhyPanelProps) {
  const query = useQuery(
    useTRPC().pod.why.queryOptions(
      { cluster, namespace, pod },
      { trpc: alone, refetchInterval: againMs, refetchIntervalInBackground: false },
    ),
  )
  const { data, error } = query
  if (data) return <Answer why={data} failed={error !== null} />
  return (
    <Unanswered
      query={query}
      what="Why it does not run could not be found out."
      label="Asking the cluster why"
      rows={5}
    />
  )
}

function Answer({ why, failed }: { why: PodWhy; failed: boolean }) {
  const { scheduling, findings, unseen } = why
  return (
    <Card
      flush
      title="Why?"
      stale={failed}
      description={
        <>
          Read from the cluster <RelativeTime at={why.at} />
          {failed ? '; it has not answered since' : ''}
        </>
      }
    >
      <p className="px-4 py-3 text-sm text-pretty">{why.words}</p>
      {scheduling ? <SchedulingAnswer scheduling={scheduling} /> : null}
      {findings.length > 0 ? <FindingsList findings={findings} /> : null}
      {unseen.length > 0 ? <NotSeen unseen={unseen} /> : null}
    </Card>
  )
}

function NotSeen({ unseen }: { unseen: PodWhy['unseen'] }) {
  return (
    <ul aria-label="Not seen" className="divide-y divide-line border-t border-line">
      {unseen.map(({ what, why }) => (
        <li key={what} className="flex gap-3 px-4 py-2.5 text-sm text-muted">
          <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">
            <span className="font-medium">Could not see {what}.</span> {why}
          </span>
        </li>
      ))}
    </ul>
  )
}

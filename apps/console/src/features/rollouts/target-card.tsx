'use client'

import type { TargetView } from '@fairlead/contracts/rollout'
import { isTerminal, targetStates } from '@fairlead/contracts/rollout-states'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useNow } from '@fairlead/ui/use-now'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { TargetMark } from './states'
import { WorkloadProgress } from './workload-progress'

/** While a target is in motion it is looked at every few seconds: an older look is not to be trusted. */
const staleAfterMs = 30_000

/** One cluster and namespace of a stage, with each workload's ReplicaSets drawn to scale. */
export function TargetCard({ target }: { target: TargetView }) {
  const nowMs = useNow()
  const { cluster, namespace, state, message, appliedAt, convergedAt, workloads, observedAt } = target
  const moving = !isTerminal.target(state) && state !== 'pending'
  const stale = moving && (observedAt === null || nowMs - Date.parse(observedAt) > staleAfterMs)
  if (appliedAt === null && workloads.length === 0) return <PendingTarget target={target} />
  return (
    <Card
      flush
      title={
        <span className="flex min-w-0 items-center gap-2 font-normal">
          <ClusterMark cluster={cluster} />
          <span className="truncate font-mono text-xs text-muted">{namespace}</span>
        </span>
      }
      actions={<TargetMark state={state} className="text-xs" />}
      footer={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {appliedAt ? (
            <span>
              applied <RelativeTime at={appliedAt} />
            </span>
          ) : null}
          {appliedAt && convergedAt ? (
            <span>
              converged in <Duration from={appliedAt} to={convergedAt} className="font-medium text-fg" />
            </span>
          ) : appliedAt && moving ? (
            <span>
              converging for <Duration from={appliedAt} />
            </span>
          ) : null}
          <span className={stale ? 'ml-auto text-progress' : 'ml-auto'}>
            {observedAt ? (
              <>
                {stale ? 'stale, ' : ''}observed <RelativeTime at={observedAt} />
              </>
            ) : (
              'not observed yet'
            )}
          </span>
        </span>
      }
    >
      {message && !isWord(message, state) ? (
        <p className="border-b border-line px-3 py-2 text-xs text-muted">{message}</p>
      ) : null}
      {workloads.map((workload) => (
        <WorkloadProgress
          key={`${workload.kind}/${workload.name}`}
          workload={workload}
          cluster={cluster.name}
          namespace={namespace}
          stale={stale}
        />
      ))}
      {workloads.length === 0 ? (
        <p className="px-3 py-3 text-xs text-muted">
          No workload of this release has been observed here yet.
        </p>
      ) : null}
    </Card>
  )
}

/** `Applied.` beside the mark that says Applied. */
const isWord = (message: string, state: TargetView['state']): boolean =>
  message.replace(/\.$/, '') === targetStates[state].word

/** Never applied: one line, as there is nothing to see yet. */
function PendingTarget({ target: { cluster, namespace, state, message } }: { target: TargetView }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-line bg-surface px-4 py-2">
      <ClusterMark cluster={cluster} />
      <span className="truncate font-mono text-xs text-muted">{namespace}</span>
      {message ? <span className="min-w-0 text-xs text-muted">{message}</span> : null}
      <TargetMark state={state} className="ml-auto text-xs" />
    </div>
  )
}

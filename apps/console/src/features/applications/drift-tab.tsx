'use client'

import type { ApplicationDrift, TargetDrift } from '@fairlead/contracts/drift'
import { driftStates, type DriftState } from '@fairlead/contracts/drift-states'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useQuery } from '@tanstack/react-query'
import { GitCompareArrows, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { DriftedObjectRow } from './drifted-object'
import { PutBackDialog } from './put-back-dialog'

type DriftTabProps = { project: string; application: string }

const tones: Readonly<Record<DriftState, Tone>> = { in_sync: 'ok', drifted: 'progress', unknown: 'unknown' }

/** Each target's verified release beside what its cluster holds: what differs, by whom, and the way back. */
export function DriftTab({ project, application }: DriftTabProps) {
  const trpc = useTRPC()
  const drift = useQuery(trpc.drift.get.queryOptions({ project, application }))
  if (drift.isError && !drift.data)
    return (
      <FaultState
        what="What differs could not be loaded."
        where={`${project}/${application}`}
        error={drift.error}
        right="project.view"
        onRetry={() => void drift.refetch()}
        retrying={drift.isFetching}
      />
    )
  if (!drift.data) return <CardSkeleton lines={6} />
  return <Targets project={project} application={application} drift={drift.data} />
}

function Targets({ project, application, drift }: DriftTabProps & { drift: ApplicationDrift }) {
  const [asked, setAsked] = useState<TargetDrift | null>(null)
  if (drift.targets.length === 0)
    return (
      <EmptyState
        title="Nothing is compared yet"
        icon={<GitCompareArrows aria-hidden />}
        className="rounded-lg border border-line bg-surface"
      >
        From the first release that is verified in a stage, what runs in its clusters is compared with it.
      </EmptyState>
    )
  return (
    <>
      <ul aria-label="Targets" className="space-y-4">
        {drift.targets.map((target) => (
          <TargetCard
            key={`${target.stage}${target.cluster.id}${target.namespace}`}
            target={target}
            whyNot={drift.putBack.passed ? null : (drift.putBack.reason ?? 'You may not change this.')}
            onPutBack={() => setAsked(target)}
          />
        ))}
      </ul>
      {asked ? (
        <PutBackDialog
          project={project}
          application={application}
          target={asked}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  )
}

type TargetCardProps = { target: TargetDrift; whyNot: string | null; onPutBack: () => void }

function TargetCard({ target, whyNot, onPutBack }: TargetCardProps) {
  const { stage, cluster, namespace, state, since, release, objects, reason, wanted } = target
  const said = wanted
    ? `${wanted.by} asked that it be put back; it is on its way.`
    : state === 'unknown' && objects.length > 0
      ? 'The cluster has to answer first.'
      : null
  return (
    <li>
      <Card
        flush
        title={
          <span className="flex min-w-0 flex-wrap items-center gap-2 font-normal">
            <span className="font-semibold">{stage}</span>
            <ClusterMark cluster={cluster} />
            <span className="truncate font-mono text-xs text-muted">{namespace}</span>
          </span>
        }
        actions={<StatusMark tone={tones[state]} word={driftStates[state].word} className="text-xs" />}
        footer={<TargetFooter target={target} />}
      >
        <div className="space-y-2 px-4 py-3 text-sm">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="min-w-0 flex-1">
              {state === 'in_sync' ? (
                <>Every object is as release {release} has it.</>
              ) : objects.length > 0 ? (
                <>
                  {objects.length === 1 ? 'One object differs' : `${objects.length} objects differ`} from
                  release {release}
                  {since ? (
                    <>
                      , seen first <RelativeTime at={since} />
                    </>
                  ) : null}
                  .
                </>
              ) : (
                <>Nothing is known of what differs now.</>
              )}
            </span>
            {objects.length > 0 ? (
              <Button
                size="sm"
                icon={<Undo2 aria-hidden />}
                onClick={onPutBack}
                disabledReason={whyNot ?? said}
              >
                Put back
              </Button>
            ) : null}
          </p>
          {reason === '' ? null : <p className="break-words text-muted">{reason}</p>}
          {wanted ? (
            <p className="text-muted">
              {wanted.by} asked <RelativeTime at={wanted.at} /> that it be put back.
            </p>
          ) : null}
        </div>
        {objects.length > 0 ? (
          <ul aria-label="Objects that differ" className="border-t border-line">
            {objects.map((object) => (
              <DriftedObjectRow key={`${object.apiVersion}${object.kind}${object.name}`} object={object} />
            ))}
          </ul>
        ) : null}
      </Card>
    </li>
  )
}

function TargetFooter({ target: { checkedAt, mode } }: { target: TargetDrift }) {
  return (
    <span className="flex flex-wrap justify-between gap-x-4 gap-y-1">
      <span>
        {mode === 'heal'
          ? 'Heals by itself what people’s tools change'
          : 'Shows what differs, and changes nothing by itself'}
      </span>
      <span>
        {checkedAt ? (
          <>
            compared <RelativeTime at={checkedAt} />
          </>
        ) : (
          'not compared yet'
        )}
      </span>
    </span>
  )
}

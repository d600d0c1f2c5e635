'use client'

import type { StageSummary } from '@fairlead/contracts/application'
import type { ObjectList, ObjectRow } from '@fairlead/contracts/inventory'
import { labelKeys } from '@fairlead/contracts/labels'
import { verdictStates } from '@fairlead/contracts/verdict'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { ReplicaBar } from '@fairlead/ui/replica-bar'
import { Skeleton } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { GitCompareArrows, Hand, Undo2, UserCheck } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { rolloutHref } from '@/features/rollouts/addresses'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { objectHref } from '@/features/workloads/object-address'
import { Expiry } from '@/features/approvals/approval-panel'
import { faultOf } from '@/live/fault'
import { movingIn } from './moving'
import { ProductionMark, StageStanding } from './stage-standing'

type StageCardProps = {
  stage: StageSummary
  objects: ObjectList | undefined
  objectsError: unknown
  whyNoRollback: string | null
  driftHref: string
  onRollback: () => void
  onLift: () => void
}

export function StageCard(props: StageCardProps) {
  const { stage, objects, objectsError, onRollback, onLift } = props
  const current = movingIn(stage)
  const { verified, hold, lastConvergeMs } = stage
  const whyNoRollback =
    props.whyNoRollback ??
    (verified === null && current === null ? 'Nothing has been deployed here yet.' : null)
  return (
    <li className="flex min-w-0">
      <Card
        className="w-full"
        title={
          <span className="flex items-center gap-1.5">
            {stage.name}
            {stage.environment === 'production' ? <ProductionMark /> : null}
            {stage.approvalRequired ? (
              <UserCheck aria-label="needs an approval" className="size-3.5 text-faint" />
            ) : null}
          </span>
        }
        actions={<StageStanding stage={stage} className="text-xs" />}
        footer={
          <span className="flex items-center justify-between gap-2">
            <span>
              {lastConvergeMs === null ? (
                'never converged yet'
              ) : (
                <>
                  last converged in <Duration ms={lastConvergeMs} className="font-medium text-fg" />
                </>
              )}
            </span>
            <Button
              size="sm"
              icon={<Undo2 aria-hidden />}
              onClick={onRollback}
              disabledReason={whyNoRollback}
            >
              Roll back
            </Button>
          </span>
        }
      >
        <div className="space-y-3">
          <dl className="grid grid-cols-[5.5rem_1fr] gap-y-1.5 text-sm">
            <dt className="text-muted">Verified</dt>
            <dd className="min-w-0">
              {verified ? (
                <ReleaseDetail release={verified} />
              ) : (
                <span className="text-faint">nothing yet</span>
              )}
            </dd>
            {current ? (
              <>
                <dt className="text-muted">Moving to</dt>
                <dd className="min-w-0">
                  <ReleaseDetail release={current.release} />{' '}
                  <TextLink href={rolloutHref(current.rolloutId, stage.name)} className="text-xs">
                    rollout #{current.number}
                  </TextLink>
                </dd>
              </>
            ) : null}
          </dl>
          {stage.drift && !current ? <DriftNote drift={stage.drift} href={props.driftHref} /> : null}
          {hold ? <HoldNote hold={hold} onLift={onLift} /> : null}
          <StageWorkloads stage={stage} objects={objects} error={objectsError} />
        </div>
      </Card>
    </li>
  )
}

const ReleaseDetail = ({ release }: { release: NonNullable<StageSummary['verified']> }) => (
  <span className="flex min-w-0 flex-col">
    <ReleaseTag release={release} allImages={release.images.length <= 4} />
    <span className="truncate text-xs text-muted">
      {release.author}, <RelativeTime at={release.createdAt} />
    </span>
  </span>
)

type DriftNoteProps = { drift: NonNullable<StageSummary['drift']>; href: string }

/** Desired beside actual in one line; the tab says by whom, and puts it back. */
function DriftNote({ drift, href }: DriftNoteProps) {
  if (drift.state === 'in_sync') return <p className="text-xs text-muted">What runs is what was verified.</p>
  if (drift.state === 'unknown')
    return (
      <p className="text-xs text-muted">
        Whether what runs is what was verified is not known. <TextLink href={href}>Why</TextLink>
      </p>
    )
  return (
    <div className="flex items-start gap-2 rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
      <GitCompareArrows aria-hidden className="mt-px size-3.5 shrink-0" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {drift.objects === 1 ? 'One object differs' : `${drift.objects} objects differ`} from the release
        </span>
        {drift.since ? (
          <>
            {' '}
            since <RelativeTime at={drift.since} />
          </>
        ) : null}
        . <TextLink href={href}>What, and by whom</TextLink>
      </p>
    </div>
  )
}

type HoldNoteProps = { hold: NonNullable<StageSummary['hold']>; onLift: () => void }

function HoldNote({ hold, onLift }: HoldNoteProps) {
  return (
    <div className="flex items-start gap-2 rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
      <Hand aria-hidden className="mt-px size-3.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">Held: automation stays away from this stage</p>
        <p className="break-words">{hold.reason}</p>
        <p className="text-muted">
          since <RelativeTime at={hold.since} />, until a newer release or somebody lifts it
          {hold.expiresAt ? (
            <>
              {' · '}
              <Expiry at={hold.expiresAt} />
            </>
          ) : null}
        </p>
      </div>
      <Button size="sm" onClick={onLift}>
        Lift
      </Button>
    </div>
  )
}

type StageWorkloadsProps = { stage: StageSummary; objects: ObjectList | undefined; error: unknown }

/** Desired beside actual, as the clusters say it now. */
function StageWorkloads({ stage, objects, error }: StageWorkloadsProps) {
  if (!objects)
    return error ? (
      <p className="text-xs text-muted">What runs there can not be shown: {faultOf(error).message}</p>
    ) : (
      <Skeleton className="h-10" />
    )
  const rows = objects.rows.filter((row) => row.labels[labelKeys.stage] === stage.name)
  const clusters = objects.clusters.filter(
    ({ id, name }) => stage.clusters.includes(name) || stage.clusters.includes(id),
  )
  return (
    <div className="space-y-2">
      {clusters.map((cluster) => {
        const stale = cluster.freshness.state !== 'live'
        const mine = rows.filter(({ clusterId }) => clusterId === cluster.id)
        return (
          <div key={cluster.id} className="rounded-md border border-line">
            <div className="flex min-h-8 items-center gap-2 border-b border-line bg-sunken px-2.5 text-xs">
              <ClusterMark cluster={cluster} className="text-xs" />
              <span className="truncate font-mono text-2xs text-muted">{stage.namespace}</span>
              {stale ? (
                <span className="ml-auto shrink-0 text-progress">
                  {cluster.freshness.lastSeenAt ? (
                    <>
                      stale, seen <RelativeTime at={cluster.freshness.lastSeenAt} />
                    </>
                  ) : (
                    'never synced'
                  )}
                </span>
              ) : null}
            </div>
            {mine.length === 0 ? (
              <p className="px-2.5 py-2 text-xs text-muted">No workload of this application is seen here.</p>
            ) : (
              <ul>
                {mine.map((row) => (
                  <WorkloadLine key={row.uid} row={row} cluster={cluster.name} stale={stale} />
                ))}
              </ul>
            )}
          </div>
        )
      })}
      {clusters.length === 0 ? (
        <p className="text-xs text-muted">
          {stage.clusters.join(', ')} / {stage.namespace}: you see none of these clusters.
        </p>
      ) : null}
    </div>
  )
}

function WorkloadLine({ row, cluster, stale }: { row: ObjectRow; cluster: string; stale: boolean }) {
  const state = row.verdict ? verdictStates[row.verdict.state] : null
  const tone = state ? (stale && state.tone === 'ok' ? 'unknown' : state.tone) : 'unknown'
  return (
    <li className="flex items-center gap-2 px-2.5 py-1.5 text-xs">
      <TextLink
        href={objectHref({ cluster, kind: row.kind, namespace: row.namespace, name: row.name })}
        className="min-w-0 flex-1 truncate"
        title={`${row.kind} ${row.name}`}
      >
        {row.name}
      </TextLink>
      {row.verdict?.replicas ? (
        <ReplicaBar
          desired={row.verdict.replicas.desired}
          ready={row.verdict.replicas.ready}
          updated={row.verdict.replicas.updated}
          unavailable={Math.max(0, row.verdict.replicas.current - row.verdict.replicas.ready)}
          stale={stale}
        />
      ) : null}
      <StatusMark tone={tone} word={state?.word ?? 'Unknown'} className="shrink-0 text-xs" />
    </li>
  )
}

'use client'

import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { verdictStates } from '@fairlead/contracts/verdict'
import { Button } from '@fairlead/ui/button'
import { ConvergeBar } from '@fairlead/ui/converge-bar'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { PageHeader } from '@fairlead/ui/page-header'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { Shapes, Waypoints } from 'lucide-react'
import { customHref } from '@/features/custom/addresses'
import { refHref } from '@/features/network/addresses'
import { toast } from '@/features/shell/toast'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { isStale } from '@/features/clusters/is-stale'
import { SourceMark } from '@/features/clusters/source-mark'
import { HandActions } from '@/features/hands/hand-actions'
import { targetOf } from '@/features/hands/hand-target'
import { copyForms } from './copy-forms'
import type { ObjectAddress } from './object-address'
import { stateOf } from './row-words'

type ObjectHeaderProps = { detail: WorkloadDetail; address: ObjectAddress }

/** What it is, where, whether it is as wanted, and why not. */
export function ObjectHeader({ detail, address }: ObjectHeaderProps) {
  const { row, cluster, verdict } = detail
  const stale = isStale(cluster.freshness)
  const state = row.verdict ? verdictStates[verdict.state] : stateOf(row)
  const replicas = verdict.replicas
  return (
    <>
      <PageHeader
        title={row.name}
        marks={
          state ? (
            <StatusMark variant="pill" tone={stale ? 'unknown' : state.tone} word={state.word} />
          ) : undefined
        }
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>{row.kind}</span>
            <ClusterMark cluster={cluster} />
            {row.namespace ? (
              <TextLink href={`/workloads?cluster=${cluster.name}&namespace=${row.namespace}`}>
                {row.namespace}
              </TextLink>
            ) : null}
          </span>
        }
        freshness={<SourceMark freshness={cluster.freshness} />}
        actions={
          <>
            <RelatedLink address={address} />
            <HandActions
              target={targetOf(row, {
                cluster,
                replicas: replicas?.desired ?? null,
                application: detail.managedBy?.application ?? null,
              })}
            />
            <CopyAsMenu {...copyForms(address)} onCopied={(what) => toast.success(`Copied as ${what}`)} />
          </>
        }
      />
      {row.verdict && verdict.message ? (
        <p className="-mt-2 mb-4 max-w-4xl text-sm text-pretty text-muted">{verdict.message}</p>
      ) : null}
      {replicas ? (
        <div className="mb-4 max-w-xl">
          <ConvergeBar
            label="Ready replicas"
            actual={replicas.ready}
            desired={replicas.desired}
            failing={verdict.state === 'degraded' || verdict.state === 'deadline_exceeded'}
            unknown={stale || verdict.state === 'unproven'}
            timeToConvergeMs={lastConvergeMs(detail)}
          />
        </div>
      ) : null}
    </>
  )
}

/** Services and entries have a path of their own, and a definition the objects that it defines. */
function RelatedLink({ address }: { address: ObjectAddress }) {
  if (address.kind === 'CustomResourceDefinition')
    return (
      <Button
        href={customHref({ cluster: address.cluster, definition: address.name })}
        icon={<Shapes aria-hidden />}
      >
        Objects
      </Button>
    )
  const href = refHref(address.cluster, address)
  if (href === undefined || !href.startsWith('/network/')) return null
  return (
    <Button href={href} icon={<Waypoints aria-hidden />}>
      Network path
    </Button>
  )
}

/** How long the last departure took to heal; nothing while one is open. */
function lastConvergeMs({ episodes }: WorkloadDetail): number | null {
  const newest = [...episodes].sort((a, b) => b.openedAt.localeCompare(a.openedAt))[0]
  return newest?.closedAt ? newest.durationMs : null
}

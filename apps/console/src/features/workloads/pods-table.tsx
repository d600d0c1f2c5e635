'use client'

import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { PodRow, WorkloadDetail } from '@fairlead/contracts/inventory'
import { Card } from '@fairlead/ui/card'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { isStale } from '@/features/clusters/is-stale'
import { HandMenu } from '@/features/hands/hand-menu'
import { targetOf } from '@/features/hands/hand-target'
import { objectHref } from './object-address'
import { Restarts } from './restarts'
import { stateOf } from './row-words'
import { isTroubled } from './why/is-troubled'

type PodsTableProps = { detail: WorkloadDetail; cluster: string }

/** The pods of a workload; of a pod itself, its containers. */
export function PodsTable({ detail, cluster }: PodsTableProps) {
  const router = useRouter()
  const stale = isStale(detail.cluster.freshness)
  const identity = detail.cluster
  const columns = useMemo(
    () => [...podColumns(cluster, stale), actionsOf(identity)],
    [cluster, stale, identity],
  )
  const [only] = detail.pods
  if (detail.row.kind === 'Pod') return only ? <Containers pod={only} stale={stale} /> : null
  const hrefOf = (pod: PodRow, tab?: string) =>
    objectHref({ cluster, kind: 'Pod', namespace: pod.namespace, name: pod.name }, tab)
  return (
    <DataTable
      label="Pods"
      rows={detail.pods}
      columns={columns}
      rowKey={(pod) => pod.uid}
      rowHref={(pod) => hrefOf(pod)}
      rowStale={() => stale}
      rowHeight={36}
      empty={
        <EmptyState title="No pod">
          {detail.verdict.replicas?.desired === 0
            ? 'It is scaled to zero.'
            : 'None exists yet. The events say what keeps its controller from making one.'}
        </EmptyState>
      }
      onRowKey={(key, pod) => {
        if (key === 'y') router.push(hrefOf(pod, 'yaml'))
      }}
    />
  )
}

const actionsOf = (cluster: ClusterIdentity): Column<PodRow> => ({
  id: 'actions',
  header: <span className="sr-only">Actions</span>,
  width: 48,
  align: 'end',
  cell: (pod) => <HandMenu target={targetOf(pod, { cluster })} />,
})

const podColumns = (cluster: string, stale: boolean): Column<PodRow>[] => [
  {
    id: 'name',
    header: 'Name',
    cell: (pod) => (
      <span className="font-medium" title={pod.name}>
        {pod.name}
      </span>
    ),
  },
  { id: 'ready', header: 'Ready', width: 70, cell: (pod) => pod.cells['Ready'] },
  {
    id: 'status',
    header: 'Status',
    width: 215,
    cell: (pod) => <PodStatus pod={pod} cluster={cluster} stale={stale} />,
  },
  { id: 'restarts', header: 'Restarts', width: 120, cell: (pod) => <Restarts row={pod} /> },
  {
    id: 'containers',
    header: 'Containers',
    width: 170,
    cell: (pod) => (
      <span title={pod.containers.map(({ name, state }) => `${name}: ${state}`).join('\n')}>
        {pod.containers
          .filter(({ init }) => !init)
          .map(({ name }) => name)
          .join(', ')}
      </span>
    ),
  },
  { id: 'revision', header: 'Revision', width: 85, cell: (pod) => pod.revision ?? '' },
  {
    id: 'node',
    header: 'Node',
    width: 150,
    cell: (pod) =>
      pod.nodeName ? (
        <TextLink href={objectHref({ cluster, kind: 'Node', namespace: null, name: pod.nodeName })}>
          {pod.nodeName}
        </TextLink>
      ) : (
        <span className="text-faint">not placed</span>
      ),
  },
  {
    id: 'ip',
    header: 'IP',
    width: 120,
    cell: (pod) => <span className="font-mono text-xs">{pod.cells['IP']}</span>,
  },
  { id: 'age', header: 'Age', width: 75, align: 'end', cell: (pod) => <Duration from={pod.createdAt} /> },
]

function PodStatus({ pod, cluster, stale }: { pod: PodRow; cluster: string; stale: boolean }) {
  const state = stateOf(pod)
  if (state === null) return null
  return (
    <span className="flex min-w-0 items-center gap-2">
      <StatusMark tone={stale ? 'unknown' : state.tone} word={state.word} />
      {isTroubled(pod) ? (
        <TextLink
          href={objectHref({ cluster, kind: 'Pod', namespace: pod.namespace, name: pod.name })}
          aria-label={`Why ${pod.name} is ${state.word}`}
          className="shrink-0 text-xs"
        >
          Why?
        </TextLink>
      ) : null}
    </span>
  )
}

function Containers({ pod, stale }: { pod: PodRow; stale: boolean }) {
  return (
    <Card flush title="Containers">
      <ul className="divide-y divide-line">
        {pod.containers.map((container) => (
          <li
            key={container.name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm md:grid-cols-[14rem_12rem_minmax(0,1fr)_auto]"
          >
            <span className="truncate font-medium">
              {container.name}
              {container.init ? <span className="font-normal text-muted"> init</span> : null}
            </span>
            <StatusMark
              tone={stale ? 'unknown' : toneOf(container)}
              word={container.state}
              className="max-md:order-3"
            />
            <span className="truncate font-mono text-xs text-muted max-md:order-4" title={container.image}>
              {container.image}
            </span>
            <span className={container.restarts > 0 ? 'text-progress' : 'text-faint'}>
              {container.restarts} {container.restarts === 1 ? 'restart' : 'restarts'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function toneOf({ ready, init, state }: PodRow['containers'][number]) {
  if (/completed/i.test(state)) return 'neutral'
  if (ready) return 'ok'
  if (/error|backoff|oomkilled|err/i.test(state)) return 'failing'
  return init ? 'neutral' : 'progress'
}

'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import type { AirflowPodRow, AirflowPods, FullQuota } from '@fairlead/contracts/airflow-pods'
import { sourceStates } from '@fairlead/contracts/freshness'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import type { Tone } from '@fairlead/ui/tone'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { objectHref } from '@/features/workloads/object-address'
import { WhyPanel } from '@/features/workloads/why/why-panel'
import type { DagRunPlace } from '../addresses'
import { AirflowAnswer } from '../airflow-answer'
import { isTroubledPod, usePods } from './use-pods'

type PodsTabProps = { place: DagRunPlace; instance: TaskInstanceRow }

/** The cluster's half of a task: its pods as they were last seen, why they do not run, and what would keep them out. */
export function PodsTab({ place, instance }: PodsTabProps) {
  const pods = usePods(place, instance)
  return (
    <AirflowAnswer
      query={pods}
      what="Its pods are not shown."
      loading={<SkeletonRows rows={4} label="Looking for its pods" />}
    >
      {(found) => (
        <div className="space-y-3">
          {found.pods.length === 0 ? <NoPods found={found} /> : null}
          {found.pods.map((pod) => (
            <Pod key={pod.uid} pod={pod} />
          ))}
          {found.cut ? <p className="text-xs text-muted">There are more; the newest are shown.</p> : null}
          {found.fullQuotas.map((quota) => (
            <Quota key={`${quota.cluster.id}/${quota.namespace}/${quota.name}`} quota={quota} />
          ))}
          {found.notLive.map(({ freshness, ...cluster }) => (
            <p
              key={cluster.id}
              role="status"
              className="flex flex-wrap items-center gap-2 text-xs text-muted"
            >
              <ClusterMark cluster={cluster} compact />
              <span className="min-w-0 break-words">
                is not known as it is now: {freshness.message ?? sourceStates[freshness.state].word}
              </span>
            </p>
          ))}
        </div>
      )}
    </AirflowAnswer>
  )
}

const tones: Readonly<Record<string, Tone>> = {
  pending: 'progress',
  running: 'ok',
  failing: 'failing',
  completed: 'neutral',
}

function Pod({ pod }: { pod: AirflowPodRow }) {
  const { cluster, namespace, name, status, state, tryNumber, node, createdAt } = pod
  return (
    <section aria-label={`Pod ${name}`} className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-surface px-3 py-2 text-sm">
        <TextLink
          href={objectHref({ cluster: cluster.name, kind: 'Pod', namespace, name })}
          className="min-w-0 font-mono text-xs break-all"
        >
          {namespace}/{name}
        </TextLink>
        <ClusterMark cluster={cluster} compact />
        <StatusMark tone={tones[state] ?? 'unknown'} word={status} />
        <span className="text-muted">
          {tryNumber === null ? '' : `try ${tryNumber}, `}
          {node === null ? 'on no node' : `on ${node}`}, made <RelativeTime at={createdAt} />
        </span>
      </div>
      {isTroubledPod(pod) ? <WhyPanel cluster={cluster.id} namespace={namespace} pod={name} /> : null}
    </section>
  )
}

function NoPods({ found: { narrowed, clusters } }: { found: AirflowPods }) {
  const where = narrowed
    ? 'where the connection says that its pods run'
    : clusters === 0
      ? 'here: there is no cluster that you see'
      : clusters === 1
        ? 'in the cluster that you see'
        : `in the ${clusters} clusters that you see`
  return (
    <p className="rounded-lg border border-line bg-surface px-4 py-8 text-center text-sm text-pretty text-muted">
      No pod of this task is seen {where}. Only tasks of KubernetesExecutor and of KubernetesPodOperator have
      any, and Airflow removes most of them when they have ended.
    </p>
  )
}

function Quota({ quota: { cluster, namespace, name, resources } }: { quota: FullQuota }) {
  return (
    <p className="rounded-lg border border-line bg-surface px-3 py-2 text-sm break-words">
      The quota{' '}
      <TextLink href={objectHref({ cluster: cluster.name, kind: 'ResourceQuota', namespace, name })}>
        {name}
      </TextLink>{' '}
      of {cluster.name}/{namespace} is used up (
      {resources.map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`).join(', ')}): further
      pods are refused there.
    </p>
  )
}

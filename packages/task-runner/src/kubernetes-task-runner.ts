/**
 * task-runner: the bridge from the TaskRunner port to Kubernetes Jobs; it runs what it is given and knows no workflow.
 * job-spec.ts (pure: attempt → Job) → start.ts → observe.ts (list, watch, relist) → cluster-view.ts → verdict.ts (pure:
 * Job and pods → observation) → event-outbox.ts; stop.ts ends, logs.ts reads. Nothing is kept but summaries in memory.
 * Decision: the pod's end is the outcome and the Job confirms it. A change violates this when it waits for the Job.
 * Decision: no finalizer and no TTL: `cleanup` deletes. A change violates this when a finished Job goes by itself, or
 * stays for ever because we are gone.
 */
import type { Clock } from '@fairlead/contracts/decision'
import { isContainer, notContainer, type TaskRunner } from '@fairlead/contracts/task-runner'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { readJob, readPods, type AttemptQuery } from './attempt-objects'
import { createClusterAccess } from './cluster-access'
import { createClusterView, type ClusterView, type KnownAttempt } from './cluster-view'
import { createEventOutbox } from './event-outbox'
import { labelValue } from './job-spec'
import { readLogs } from './logs'
import { follow } from './observe'
import { createRecentStarts } from './recent-starts'
import { startJob } from './start'
import { cancelJob, cleanUpJob } from './stop'
import { decidingPod } from './verdict'

export interface KubernetesTaskRunnerDeps {
  /** A shared client of a registered cluster, by whatever name the engine calls it. */
  readonly clientOf: (cluster: string) => Promise<KubeClient>
  /** Names this installation on the clusters: what carries another name is never adopted or deleted. */
  readonly owner?: string
  /** Between SIGTERM and SIGKILL of a container that is stopped; default 10. A pod template may say otherwise. */
  readonly graceSeconds?: number
  readonly clock?: Clock
}

export function createKubernetesTaskRunner(deps: KubernetesTaskRunnerDeps): TaskRunner {
  const owner = labelValue(deps.owner ?? 'fairlead')
  const settings = { owner, graceSeconds: deps.graceSeconds ?? 10 }
  const clock = deps.clock ?? (() => new Date())
  const access = createClusterAccess(deps.clientOf)
  const starts = createRecentStarts()
  const views = new Map<string, Set<ClusterView>>()

  const known = (key: string, cluster: string): KnownAttempt | null => {
    for (const view of views.get(cluster) ?? []) {
      const found = view.find(key)
      if (found !== null) return found
    }
    return null
  }
  const queryOf = async (key: string, cluster: string): Promise<AttemptQuery> => ({
    client: await access.clientOf(cluster),
    owner,
    key,
    namespace: known(key, cluster)?.namespace ?? starts.namespaceOf(key, cluster),
  })

  return {
    async start(attempt, cluster) {
      if (!isContainer(attempt)) return notContainer
      const open = (): Promise<KubeClient> => access.clientOf(cluster)
      const result = await access.call(cluster, () => startJob(open, attempt, settings))
      if (result.kind !== 'rejected') starts.add(attempt.key, cluster, attempt.spec.namespace)
      return result
    },
    async *observe(cluster, signal) {
      const view = createClusterView(clock)
      const outbox = createEventOutbox()
      const mine = views.get(cluster) ?? new Set()
      views.set(cluster, mine.add(view))
      const overdue = (ms: number): readonly string[] => starts.overdue(cluster, ms)
      const stop = new AbortController()
      const abort = (): void => stop.abort()
      signal.addEventListener('abort', abort)
      if (signal.aborted) abort()
      const following = follow({ access, cluster, owner, clock, view, outbox, overdue }, stop.signal)
      try {
        yield* outbox.read(stop.signal)
      } finally {
        signal.removeEventListener('abort', abort)
        abort()
        mine.delete(view)
        await following
      }
    },
    cancel(key, cluster) {
      starts.unexpect(key, cluster)
      return access.call(cluster, () => cancelJob(() => queryOf(key, cluster)))
    },
    cleanup(key, cluster) {
      starts.unexpect(key, cluster)
      return access.call(cluster, () => cleanUpJob(() => queryOf(key, cluster), known(key, cluster)))
    },
    async logs(key, cluster, cursor) {
      const query = await queryOf(key, cluster)
      const pod = known(key, cluster)?.pod ?? (await decidingPodOf(query))
      if (pod !== null) return readLogs(query.client, pod, cursor)
      const job = await readJob(query)
      return { lines: [], cursor: job === null || job.end !== null ? null : (cursor ?? '') }
    },
    // Nodes come with demand and quotas hold per namespace: a full cluster shows as pending attempts with their reason.
    capacity: () => Promise.resolve({ slots: null }),
  }
}

const decidingPodOf = async (query: AttemptQuery) =>
  decidingPod({ job: await readJob(query), pods: await readPods(query) })

import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@fairlead/contracts/decision'
import { heartbeat } from '@fairlead/kube/heartbeat'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { watchKind, type WatchHandler } from '@fairlead/kube/list-watch'
import { jobType, podType, selectorOf } from './attempt-objects'
import type { ClusterAccess } from './cluster-access'
import type { Change, ClusterView } from './cluster-view'
import { createDoubts } from './doubts'
import type { EventOutbox } from './event-outbox'
import { explainPodless } from './podless'
import { summarizeJob, summarizePod } from './summaries'

export interface ObserveDeps {
  readonly access: ClusterAccess
  readonly cluster: string
  readonly owner: string
  readonly clock: Clock
  readonly view: ClusterView
  readonly outbox: EventOutbox
  /** Keys that were accepted at least `ms` ago and were expected in the watch since; each is named once. */
  readonly overdue: (ms: number) => readonly string[]
}

/** Even a watch that looks alive is not believed for longer. */
const relistEveryMs = 300_000
const tickMs = 1_000
/** What one watch says and the other doesn't after this long means that the other is silent. */
const silentMs = 4_000
interface Source {
  listed: boolean
  /** It failed since its last list: it must list again, not go on where it was. */
  broken: boolean
  /** A list is on its way. */
  syncing: boolean
  listedFrom: Date
  changedAt: number
}

/** Both watches and the heartbeat of one connection; ends when everything is to be listed again. */
export function createSession(deps: ObserveDeps, client: KubeClient, outer: AbortSignal) {
  const { view, outbox, clock, cluster, access } = deps
  const ended = new AbortController()
  setMaxListeners(0, ended.signal)
  const { signal } = ended
  const end = (): void => ended.abort()
  const sources: Record<'jobs' | 'pods', Source> = {
    jobs: { listed: false, broken: false, syncing: false, listedFrom: clock(), changedAt: 0 },
    pods: { listed: false, broken: false, syncing: false, listedFrom: clock(), changedAt: 0 },
  }
  let reachable = true

  const lost = (reason: string): void => {
    if (reachable && !signal.aborted) outbox.push({ kind: 'unreachable', reason, at: clock() })
    reachable = false
  }
  const listed = (): boolean => sources.jobs.listed && sources.pods.listed
  const flush = (): void => {
    if (listed()) outbox.observed(view.take(false))
  }
  const doubts = createDoubts(deps, client, signal)
  /** After a list: everything that exists, then that nothing else does. */
  const synced = async (): Promise<void> => {
    const { jobs, pods } = sources
    if (!listed() || jobs.broken || pods.broken) return
    await doubts.settle()
    if (signal.aborted) return
    outbox.observed(view.take(true))
    // What was created before the Jobs were asked for is among them, unless it was deleted since.
    outbox.push({ kind: 'synced', keys: view.keys(), listedFrom: jobs.listedFrom })
    reachable = true
  }
  const handlerOf = <T>(
    source: Source,
    replace: (all: readonly T[]) => void,
    change: (changes: readonly Change<T>[]) => void,
  ): WatchHandler<T> => ({
    startSync() {
      const all: T[] = []
      const listedFrom = clock()
      source.syncing = true
      return {
        chunk: (objects) => void all.push(...objects),
        async finish() {
          if (signal.aborted) return
          replace(all)
          Object.assign(source, { listed: true, broken: false, syncing: false, listedFrom })
          await synced()
        },
        abandon: () => void (source.syncing = false),
      }
    },
    onChanges(changes) {
      if (signal.aborted) return
      source.changedAt = Date.now()
      change(changes)
      flush()
      // Not awaited: the watch goes on while the API server is asked.
      if (listed() && view.doubts().length > 0) void doubts.settle().then(flush)
    },
    onState(state, message) {
      if (state === 'syncing') return
      if (state === 'live' && source.broken) return end()
      if (state === 'live') return
      source.broken = true
      lost(message ?? 'The cluster does not answer')
    },
    onHeartbeat: () => undefined,
  })
  const watch = <T>(kind: 'jobs' | 'pods', project: (object: KubeObject) => T, handler: WatchHandler<T>) => {
    const type = kind === 'jobs' ? jobType : podType
    const target = { ...type, plural: kind, labelSelector: selectorOf(deps.owner) }
    return watchKind(client, target, handler, { signal, project })
  }
  /** It answers: whoever failed before lists now, rather than when its own patience with the failure ends. */
  const answers = (): void => {
    if (Object.values(sources).some(({ broken, syncing }) => broken && !syncing)) end()
  }
  /** A newer credential closes the old client: whoever still holds it goes on with nothing. */
  const recheck = async (): Promise<void> => {
    const current = await access.freshClientOf(cluster).catch(() => client)
    if (current !== client) end()
  }
  const ticks = async (): Promise<void> => {
    const startedAt = Date.now()
    const asked = new Map<string, number>()
    while (!signal.aborted) {
      await sleep(tickMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      flush()
      if (!reachable || !listed()) continue
      const overdue = deps.overdue(silentMs).some((key) => view.find(key) === null)
      const behind = doubts.podsBehindSince()
      const silent = behind !== null && Date.now() - behind > silentMs && sources.pods.changedAt < behind
      const old = Date.now() - startedAt > relistEveryMs
      if (overdue || silent || old || view.disputed(silentMs)) return end()
      if (view.doubts().length > 0) await doubts.settle().then(flush)
      await explainPodless(view, client, { signal, asked })
    }
  }

  return {
    async run(): Promise<void> {
      outer.addEventListener('abort', end)
      if (outer.aborted) end()
      try {
        await Promise.all([
          watch('jobs', summarizeJob, handlerOf(sources.jobs, view.replaceJobs, view.jobs)),
          watch('pods', summarizePod, handlerOf(sources.pods, view.replacePods, view.pods)),
          heartbeat(client, {
            signal,
            onBeat: answers,
            onFail: (error) => (lost(error.message), void recheck()),
          }),
          ticks(),
        ])
      } finally {
        outer.removeEventListener('abort', end)
        end()
      }
    },
  }
}

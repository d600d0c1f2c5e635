import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@fairlead/contracts/decision'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import { addedKinds, watchedKindNames, watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { InventoryDb } from '@fairlead/db/views'
import { heartbeat } from '@fairlead/kube/heartbeat'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { watchKind } from '@fairlead/kube/list-watch'
import { createClusterStatus, type ClusterStatus } from './cluster-status'
import type { ClusterConnections } from './connections'
import { watchControlPlane } from './control-plane-watch'
import { watchFacts } from './facts-watch'
import { identityGate } from './identity-gate'
import { kindHandler, type HandlerDeps } from './kind-handler'
import { eventStore, objectStore } from './kind-stores'
import { FencedError, type Lease } from './lease'
import { summarizeEvent } from './summarize/event'
import { summarize } from './summarize/summarize'

export interface WatchDeps {
  readonly db: InventoryDb
  readonly connections: Pick<ClusterConnections, 'open'>
  readonly clock: Clock
  readonly onRollouts: (rollouts: readonly string[]) => void
  /** Another watcher has taken the cluster over, or it was removed: stop. */
  readonly onFenced: () => void
  readonly onPoison: (kind: WatchedKind, message: string) => void
  readonly onError: (error: unknown) => void
  readonly onConnected: (connected: { server: string; credentialVersion: number }) => void
}

/** A cluster that does not answer is asked again after this long, doubling up to the second number. */
const [firstRetryMs, lastRetryMs] = [1_000, 10_000] as const

/** Follows one cluster under a lease until `signal` aborts; never rejects. Whatever happens is written as freshness. */
export async function watchCluster(deps: WatchDeps, lease: Lease, signal: AbortSignal): Promise<void> {
  const status = await startStatus(deps, lease, signal)
  if (status === null) return
  try {
    let retryMs: number = firstRetryMs
    while (!signal.aborted) {
      try {
        const opened = await deps.connections.open(lease.clusterId)
        retryMs = firstRetryMs
        deps.onConnected({ server: opened.client.server, credentialVersion: opened.credentialVersion })
        await follow({ ...opened, deps, lease, status }, signal)
      } catch (error) {
        if (signal.aborted) return
        status.failed(failureOf(error))
        deps.onError(error)
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, lastRetryMs)
      }
    }
  } finally {
    await status.close()
  }
}

const failureOf = (error: unknown): FairleadError =>
  error instanceof FairleadError ? error : new FairleadError('unavailable', messageOf(error))

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)

async function startStatus(
  deps: WatchDeps,
  lease: Lease,
  signal: AbortSignal,
): Promise<ClusterStatus | null> {
  const onError = (error: unknown): void => {
    if (error instanceof FencedError) deps.onFenced()
    else deps.onError(error)
  }
  while (!signal.aborted) {
    try {
      const cluster = await deps.db.cluster.findUnique({
        where: { id: lease.clusterId },
        select: { lastSeenAt: true },
      })
      if (cluster === null) break
      const { db, clock } = deps
      return createClusterStatus({ db, lease, clock, onError, kinds: watchedKindNames, ...cluster })
    } catch (error) {
      onError(error)
      await pause(firstRetryMs, signal)
    }
  }
  deps.onFenced()
  return null
}

interface Following {
  readonly deps: WatchDeps
  readonly lease: Lease
  readonly status: ClusterStatus
  readonly client: KubeClient
  readonly uid: string
}

/** All watches, the heartbeat and the control plane of one connection; ends on abort or when the cluster is another. */
async function follow({ deps, lease, status, client, uid }: Following, outer: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const stop = (): void => ended.abort()
  outer.addEventListener('abort', stop)
  if (outer.aborted) stop()
  let other: unknown = null
  const gate = identityGate(client, uid)
  const handlers: HandlerDeps = {
    ...deps,
    lease,
    status,
    confirmIdentity: () =>
      gate.confirm().catch((error: unknown) => {
        if (error instanceof FairleadError && error.code === 'conflict') {
          other = error
          stop()
        }
        throw error
      }),
  }
  const { signal } = ended
  try {
    await Promise.all([
      heartbeat(client, {
        signal,
        onBeat: ({ at }) => status.beat(at),
        onFail: (error) => status.failed(error),
      }),
      watchControlPlane(client, { status, signal }),
      watchFacts(client, { ...deps, lease }, signal),
      ...watchedKindNames.map((kind) => watchOne(client, kind, handlers, signal, deps.onRollouts)),
    ])
  } finally {
    outer.removeEventListener('abort', stop)
    stop()
    gate.close()
    client.close()
  }
  if (other !== null) throw other
}

function watchOne(
  client: KubeClient,
  kind: WatchedKind,
  deps: HandlerDeps,
  signal: AbortSignal,
  onRollouts: WatchDeps['onRollouts'],
): Promise<void> {
  const { apiVersion, plural } = watchedKinds[kind]
  const target = { apiVersion, plural, kind }
  const store = { ...deps, onRollouts }
  const paced = { signal, restMs }
  if (kind === 'Event')
    return watchKind(client, target, kindHandler(eventStore(store), deps), {
      ...paced,
      project: summarizeEvent,
    })
  return watchKind(client, target, kindHandler(objectStore(kind, store), deps), {
    ...paced,
    project: (object) => summarize(kind, object),
    mayBeAbsent: addedKinds.includes(kind),
    ...(bulky.includes(kind) ? { pageSize: bulkyPage } : {}),
  })
}

/** A kind under load is written this often instead of with every change: a transaction costs more than a row. */
const restMs = 50

/** An object of these may have a megabyte, which is read and dropped; few of them at a time are held until then. */
const bulky: readonly WatchedKind[] = ['ConfigMap', 'Secret', 'CustomResourceDefinition']
const bulkyPage = 25

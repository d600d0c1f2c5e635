import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@fairlead/contracts/decision'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import { addedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { TransactionalSql } from '@fairlead/db/fast-sql'
import type { InventoryDb } from '@fairlead/db/views'
import { heartbeat } from '@fairlead/kube/heartbeat'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { watchKind, type WatchOptions } from '@fairlead/kube/list-watch'
import { createClusterStatus, type ClusterStatus } from './cluster-status'
import type { ClusterConnections, OpenedCluster } from './connections'
import { watchControlPlane } from './control-plane-watch'
import { watchFacts } from './facts-watch'
import { forgetUnwatched } from './forget-unwatched'
import { identityGate } from './identity-gate'
import { watchInsights } from './insights-watch'
import { kindHandler, type HandlerDeps } from './kind-handler'
import { eventStore, objectStore } from './kind-stores'
import { FencedError, type Lease } from './lease'
import { summarizeEvent } from './summarize/event'
import { summarize } from './summarize/summarize'
import { watchUsage } from './usage-watch'
import { targetOf, watchUnits, type WatchUnit } from './watch-unit'

export interface WatchDeps {
  readonly db: InventoryDb
  /** The same database, for what is seen: hundreds of changes a second. */
  readonly sql: TransactionalSql
  readonly connections: Pick<ClusterConnections, 'open'>
  readonly clock: Clock
  readonly onRollouts: (rollouts: readonly string[]) => void
  /** Another watcher has taken the cluster over, or it was removed: stop. */
  readonly onFenced: () => void
  readonly onPoison: (kind: WatchedKind, message: string) => void
  readonly onError: (error: unknown) => void
  readonly onConnected: (connected: { server: string; credentialVersion: number }) => void
  /** Of every watch; its defaults otherwise. */
  readonly pace?: Pick<WatchOptions<unknown>, 'stallMs' | 'random'>
}

/** A cluster that does not answer is asked again after this long, doubling up to the second number. */
const [firstRetryMs, lastRetryMs] = [1_000, 10_000] as const

/** Follows one cluster under a lease until `signal` aborts; never rejects. Whatever happens is written as freshness. */
export async function watchCluster(deps: WatchDeps, lease: Lease, signal: AbortSignal): Promise<void> {
  const started = await startStatus(deps, lease, signal)
  if (started === null) return
  const { status } = started
  try {
    let retryMs: number = firstRetryMs
    while (!signal.aborted) {
      try {
        const opened = await deps.connections.open(lease.clusterId)
        retryMs = firstRetryMs
        deps.onConnected({ server: opened.client.server, credentialVersion: opened.credentialVersion })
        await follow({ ...opened, ...started, deps, lease }, signal)
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
): Promise<Pick<Following, 'status' | 'units'> | null> {
  const onError = (error: unknown): void => {
    if (error instanceof FencedError) deps.onFenced()
    else deps.onError(error)
  }
  while (!signal.aborted) {
    try {
      const cluster = await deps.db.cluster.findUnique({
        where: { id: lease.clusterId },
        select: { lastSeenAt: true, namespaces: true },
      })
      if (cluster === null) break
      const { db, sql, clock } = deps
      const { lastSeenAt, namespaces } = cluster
      const units = watchUnits(namespaces)
      await forgetUnwatched(db, { lease, units, namespaces, now: clock() })
      return { status: createClusterStatus({ sql, lease, clock, onError, units, lastSeenAt }), units }
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
  readonly units: readonly WatchUnit[]
  readonly client: KubeClient
  readonly uid: string
  readonly insights: OpenedCluster['insights']
}

/** All watches, the heartbeat and the control plane of one connection; ends on abort or when the cluster is another. */
async function follow(following: Following, outer: AbortSignal): Promise<void> {
  const { deps, lease, status, units, client, uid, insights } = following
  const ended = new AbortController()
  const stop = (): void => ended.abort()
  outer.addEventListener('abort', stop)
  if (outer.aborted) stop()
  let other: unknown = null
  const gate = identityGate(client, uid)
  const handlers: WatchOneDeps = {
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
      watchUsage(client, { ...deps, lease }, signal),
      watchInsights(insights, { ...deps, lease }, signal),
      ...units.map((unit) => watchOne(client, unit, handlers, signal)),
    ])
  } finally {
    outer.removeEventListener('abort', stop)
    stop()
    gate.close()
    client.close()
  }
  if (other !== null) throw other
}

type WatchOneDeps = HandlerDeps & Pick<WatchDeps, 'onRollouts' | 'pace'>

function watchOne(
  client: KubeClient,
  unit: WatchUnit,
  deps: WatchOneDeps,
  signal: AbortSignal,
): Promise<void> {
  const { kind } = unit
  const target = targetOf(unit)
  const options = { ...deps.pace, signal, restMs }
  if (kind === 'Event')
    return watchKind(client, target, kindHandler(eventStore(unit, deps), deps), {
      ...options,
      project: summarizeEvent,
    })
  return watchKind(client, target, kindHandler(objectStore({ ...unit, kind }, deps), deps), {
    ...options,
    project: (object) => summarize(kind, object),
    mayBeAbsent: addedKinds.includes(kind),
    pageSize: bulky.includes(kind) ? bulkyPage : page,
  })
}

/** A kind under load is written this often instead of with every change: a transaction costs more than a row. */
const restMs = 50

/** An object of these may have a megabyte, which is read and dropped; few of them at a time are held until then. */
const bulky: readonly WatchedKind[] = ['ConfigMap', 'Secret', 'CustomResourceDefinition']
const bulkyPage = 25
/** Of the others: five hundred pods are six megabytes of text before they are rows, and as much again on their way. */
const page = 200

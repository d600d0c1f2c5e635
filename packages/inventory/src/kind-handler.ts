import type { Clock } from '@fairlead/contracts/decision'
import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import type { WatchedKind } from '@fairlead/contracts/kinds'
import { appendChanges } from '@fairlead/db/changes'
import type { TransactionalSql } from '@fairlead/db/fast-sql'
import type { Change, SyncSink, WatchHandler } from '@fairlead/kube/list-watch'
import type { ClusterStatus } from './cluster-status'
import { FencedError, type Lease } from './lease'
import type { WatchUnit } from './watch-unit'

/** A kind's way into the database; what it is given has one order, that of the API server. */
export interface KindStore<T> {
  readonly unit: WatchUnit
  /** uid → version of what is stored; empty when nothing that is missing has to go. */
  stored(): Promise<Map<string, string>>
  versionOf(item: T): string
  uidOf(item: T): string
  /** Stores one batch; resolves with how many rows it made different. */
  write(batch: { upserts: readonly T[]; deletes: readonly string[] }, announce: boolean): Promise<number>
}

export interface HandlerDeps {
  readonly sql: TransactionalSql
  readonly lease: Lease
  readonly status: ClusterStatus
  readonly clock: Clock
  /** Rejects when the endpoint is another cluster by now. */
  readonly confirmIdentity: () => Promise<void>
  readonly onPoison: (kind: WatchedKind, message: string) => void
  readonly onError: (error: unknown) => void
  /** Another watcher has taken the cluster over. */
  readonly onFenced: () => void
}

/** Objects of one transaction. */
const maxBatch = 500
/** A list that brings more than this is announced as a whole: browsers ask again instead of taking 10,000 rows. */
const announcedOneByOne = 200

/** PostgreSQL refuses the value itself (class 22), now and at every retry; Prisma writes the code into its message. */
const refusedValue = (error: unknown): boolean =>
  (error instanceof Error && 'code' in error && String(error.code).startsWith('22')) ||
  /\b(22\d{3}|22P0\d)\b|invalid input|unsupported Unicode|out of range/i.test(messageOf(error))

/** What the database says is for the log; people read that it did not store it. */
function notStored(deps: HandlerDeps, error: unknown): FairleadError {
  deps.onError(error)
  return new FairleadError('unavailable', 'the database does not answer as it should', {}, { cause: error })
}

export function kindHandler<T>(store: KindStore<T>, deps: HandlerDeps): WatchHandler<T> {
  const { status } = deps
  const { unit } = store
  const { kind } = unit

  /** A row that can't be stored is left out, the others live on: halves until it stands alone. */
  const write = async (
    upserts: readonly T[],
    deletes: readonly string[],
    announce: boolean,
  ): Promise<number> => {
    try {
      return await store.write({ upserts, deletes }, announce)
    } catch (error) {
      if (error instanceof FencedError) {
        deps.onFenced()
        throw error
      }
      if (!refusedValue(error) || upserts.length === 0) throw notStored(deps, error)
      const [only] = upserts
      if (upserts.length === 1 && only !== undefined) {
        deps.onPoison(kind, `${store.uidOf(only)} can't be stored: ${messageOf(error).slice(0, 300)}`)
        return deletes.length === 0 ? 0 : write([], deletes, announce)
      }
      const half = Math.ceil(upserts.length / 2)
      const first = await write(upserts.slice(0, half), [], announce)
      return first + (await write(upserts.slice(half), deletes, announce))
    }
  }

  return {
    startSync: () => startSync(store, deps, write),
    async onChanges(changes) {
      await deps.confirmIdentity()
      for (let from = 0; from < changes.length; from += maxBatch) {
        const { upserts, deletes } = compact(store, changes.slice(from, from + maxBatch))
        await write(upserts, deletes, true)
      }
    },
    onState: (state, message, lastByteAt) => status.source(unit, state, message, lastByteAt),
    onHeartbeat: (at) => status.byte(unit, at),
    onPoison: (message) => deps.onPoison(kind, message),
  }
}

/** The last word on each object. */
function compact<T>(store: KindStore<T>, changes: readonly Change<T>[]) {
  const last = new Map(changes.map((change) => [store.uidOf(change.object), change]))
  const upserts: T[] = []
  const deletes: string[] = []
  for (const [uid, change] of last)
    if (change.type === 'upsert') upserts.push(change.object)
    else deletes.push(uid)
  return { upserts, deletes }
}

/** Writes only what differs from what is stored, then deletes what the list did not have. */
function startSync<T>(
  store: KindStore<T>,
  deps: HandlerDeps,
  write: (upserts: readonly T[], deletes: readonly string[], announce: boolean) => Promise<number>,
): SyncSink<T> {
  let missing: Map<string, string> | null = null
  let objects = 0
  let different = 0
  let silent = false
  let writing: Promise<void> = Promise.resolve()
  const known = async (): Promise<Map<string, string>> => {
    if (missing !== null) return missing
    await deps.confirmIdentity()
    return (missing = await store.stored())
  }
  const put = async (upserts: readonly T[], deletes: readonly string[]): Promise<void> => {
    const size = upserts.length + deletes.length
    if (size === 0) return
    const announce = different + size <= announcedOneByOne
    const written = await write(upserts, deletes, announce)
    different += written
    silent ||= !announce && written > 0
  }
  const putAll = async (upserts: readonly T[], deletes: readonly string[]): Promise<void> => {
    for (let from = 0; from < upserts.length; from += maxBatch)
      await put(upserts.slice(from, from + maxBatch), [])
    for (let from = 0; from < deletes.length; from += maxBatch)
      await put([], deletes.slice(from, from + maxBatch))
  }
  return {
    // One write runs while the next chunk is read and parsed; in order, as an object may come twice.
    async chunk(items) {
      const before = await known()
      objects += items.length
      const changed = items.filter((item) => before.get(store.uidOf(item)) !== store.versionOf(item))
      for (const item of items) before.delete(store.uidOf(item))
      await writing
      writing = putAll(changed, [])
      writing.catch(() => undefined)
    },
    async finish() {
      const gone = [...(await known()).keys()]
      await writing
      await putAll([], gone)
      if (silent) await announceWhole(deps, store.unit.kind)
      deps.status.synced(store.unit, objects)
    },
    abandon: () => writing.catch(() => undefined),
  }
}

const announceWhole = ({ sql, lease }: HandlerDeps, kind: WatchedKind): Promise<void> =>
  sql.$transaction((tx) =>
    appendChanges(tx, [{ topic: 'inventory', key: lease.clusterId, clusterId: lease.clusterId, kind }]),
  )

import type { SourceState } from '@fairlead/contracts/freshness'
import type { KubeObject } from './kube-object'

export interface WatchTarget {
  readonly apiVersion: string
  readonly plural: string
  readonly kind: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** One whole collection in chunks. After `finish` exactly these objects exist; after `abandon` nothing changed. */
export interface SyncSink<T> {
  chunk(objects: readonly T[]): void | Promise<void>
  finish(): void | Promise<void>
  abandon(): void | Promise<void>
}

export interface Change<T> {
  readonly type: 'upsert' | 'delete'
  readonly object: T
}

/** Promises are awaited, which slows the reading down. A throw means "not stored": everything is listed again. */
export interface WatchHandler<T> {
  startSync(): SyncSink<T>
  /** In the order of the API server; several when they arrived together. */
  onChanges(changes: readonly Change<T>[]): void | Promise<void>
  onState(state: SourceState, message: string | null, lastByteAt: Date | null): void
  /** A byte of this watch, or a heartbeat while this watch is open. At most once a second. */
  onHeartbeat(at: Date): void
  /** An object that `project` refused, or that has no name; it is left out, and the loop lives on. */
  onPoison?(message: string): void
}

export interface WatchOptions<T> {
  readonly signal: AbortSignal
  /** Applied to each object as soon as it is parsed; keep only what is needed. managedFields lack `fieldsV1`. */
  readonly project: (object: KubeObject) => T
  readonly pageSize?: number
  /** A kind that the cluster need not have: 404 means that it has none of it, and is asked again now and then. */
  readonly mayBeAbsent?: boolean
  /** No byte for this long (bookmarks come about once a minute) → the watch is opened again. Default 90 s. */
  readonly stallMs?: number
  /** Between two calls of `onChanges`: what arrives meanwhile comes together. The first after a pause waits for nothing. Default 0. */
  readonly restMs?: number
  readonly random?: () => number
}

import type { Clock } from '@fairlead/contracts/decision'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { ChangeTopic } from '@fairlead/contracts/live'
import type { Actor } from '@fairlead/kernel/context'

/** One row of the change log, as the database room reads it. */
export interface FeedChange {
  readonly topic: ChangeTopic
  readonly key: string
  readonly op: 'upsert' | 'delete'
  readonly projectId: string | null
  readonly clusterId: string | null
  readonly kind: string | null
  readonly namespace: string | null
}
/** A change with the object's row as it is now; null when it is gone. */
export interface ResolvedChange extends FeedChange {
  readonly row: ObjectRow | null
}

export interface FeedPage {
  readonly changes: readonly FeedChange[]
  readonly cursor: string
  readonly more: boolean
}

export interface ObjectKey {
  readonly clusterId: string
  readonly uid: string
}

/** Where an actor sees objects, as rights and destinations are now. */
export interface VisibleInventory {
  sees(clusterId: string, namespace: string | null): boolean
  seesCluster(clusterId: string): boolean
}

/** The change log and what the feed asks of other rooms; the application wires them. */
export interface LiveFeedDeps {
  readonly clock: Clock
  listen(onChange: () => void): Promise<{ close(): Promise<void> }>
  currentCursor(): Promise<string>
  /** The oldest changes after the cursor; none when it is the newest. `more`: the page was full. */
  read(cursor: string): Promise<FeedPage>
  /** Whether more stands after the cursor, readable already or not. */
  isBehind(cursor: string): Promise<boolean>
  canResume(cursor: string): Promise<boolean>
  prune(before: Date): Promise<unknown>
  rowsOf(keys: readonly ObjectKey[]): Promise<readonly ObjectRow[]>
  inventoryOf(actor: Actor): Promise<VisibleInventory>
  refresh(actor: Actor): Promise<Actor | null>
  onError(error: unknown): void
  readonly pruneEveryMs?: number
}

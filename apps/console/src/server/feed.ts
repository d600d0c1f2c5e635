import type { LiveFeedDeps } from '@fairlead/api/live-feed-deps'
import type { Clock } from '@fairlead/contracts/decision'
import {
  canResume,
  currentCursor,
  hasChangesAfter,
  listenForChanges,
  pruneChanges,
  readChanges,
} from '@fairlead/db/changes'
import type { Database } from '@fairlead/db/database'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { Identity } from '@fairlead/identity/identity'
import { objectRows } from '@fairlead/inventory/object-rows'
import { loadVisibility } from '@fairlead/inventory/visible'
import { log } from './log'

interface FeedParts {
  readonly db: Database
  /** The same database, for what is read with every change. */
  readonly sql: RawSql
  readonly identity: Identity
  readonly url: string
  readonly clock: Clock
}

export const feedDeps = ({ db, sql, identity, url, clock }: FeedParts): LiveFeedDeps => ({
  clock,
  listen: (onChange) => listenForChanges(url, onChange),
  currentCursor: () => currentCursor(db),
  read: (cursor) => readChanges(sql, cursor),
  isBehind: (cursor) => hasChangesAfter(sql, cursor),
  canResume: (cursor) => canResume(db, cursor),
  prune: (before) => pruneChanges(db, before),
  rowsOf: (keys) => objectRows(sql, keys),
  inventoryOf: (actor) => loadVisibility(db, actor),
  refresh: (actor) => identity.refresh(actor),
  onError: (error) => log.error({ err: error }, 'live feed'),
})

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
import type { Identity } from '@fairlead/identity/identity'
import { objectRows } from '@fairlead/inventory/object-rows'
import { loadVisibility } from '@fairlead/inventory/visible'
import { log } from './log'

interface FeedParts {
  readonly db: Database
  readonly identity: Identity
  readonly url: string
  readonly clock: Clock
}

export const feedDeps = ({ db, identity, url, clock }: FeedParts): LiveFeedDeps => ({
  clock,
  listen: (onChange) => listenForChanges(url, onChange),
  currentCursor: () => currentCursor(db),
  read: (cursor) => readChanges(db, cursor),
  isBehind: (cursor) => hasChangesAfter(db, cursor),
  canResume: (cursor) => canResume(db, cursor),
  prune: (before) => pruneChanges(db, before),
  rowsOf: (keys) => objectRows(db, keys),
  inventoryOf: (actor) => loadVisibility(db, actor),
  refresh: (actor) => identity.refresh(actor),
  onError: (error) => log.error({ err: error }, 'live feed'),
})

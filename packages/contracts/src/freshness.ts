/** How far a source (cluster × kind) can be believed. Unknown is never green. */
export const sourceStates = {
  never_synced: { word: 'Never synced', tone: 'unknown' },
  syncing: { word: 'Syncing', tone: 'progress' },
  live: { word: 'Live', tone: 'ok' },
  stale: { word: 'Stale', tone: 'unknown' },
  unauthorized: { word: 'Credential refused', tone: 'failing' },
  forbidden: { word: 'Not permitted', tone: 'waiting' },
  absent: { word: 'Not in this cluster', tone: 'neutral' },
  unreachable: { word: 'Unreachable', tone: 'failing' },
} as const

export type SourceState = keyof typeof sourceStates
export type Tone = 'ok' | 'progress' | 'failing' | 'unknown' | 'neutral' | 'waiting' | 'paused'

/** Timestamps are ISO 8601. `lastSeenAt` is the last byte from the cluster, null when there never was one. */
export interface Freshness {
  readonly state: SourceState
  readonly lastSeenAt: string | null
  readonly message: string | null
}

/** A source without a byte for this long is stale; watches ask for bookmarks and heartbeats more often. */
export const staleAfterMs = 8_000

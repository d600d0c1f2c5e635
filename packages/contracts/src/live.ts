import { z } from 'zod'
import { watchedKindNames, type ObjectRow, type WatchedKind } from './inventory'
import { clusterIdSchema } from './ids'

/**
 * What a change row is about. `object` carries its row; for the others the browser refetches what it shows.
 * `inventory` (key: cluster id) says that so many objects changed at once that none is named.
 */
export const changeTopics = [
  'object',
  'inventory',
  'cluster',
  'drain',
  'application',
  'rollout',
  'approval',
  'freeze',
  'workflow',
  'run',
  'people',
  'token',
  'project',
  'audit',
] as const
export type ChangeTopic = (typeof changeTopics)[number]

/** `objects` narrows the object topic to what is on screen; other topics always come. */
export const liveSchema = z.object({
  lastEventId: z.string().max(100).nullish(),
  objects: z
    .object({
      kinds: z.array(z.enum(watchedKindNames)).max(20),
      clusters: z.array(clusterIdSchema).default([]),
      namespace: z.string().max(63).optional(),
    })
    .optional(),
})

export interface LiveBatch {
  readonly changes: readonly LiveChange[]
  /** True when the cursor was too old to resume: refetch everything on screen. */
  readonly reset: boolean
  /** Server time of sending, ISO. */
  readonly at: string
}

export type LiveChange =
  | {
      readonly topic: 'object'
      readonly op: 'upsert'
      readonly uid: string
      readonly clusterId: string
      readonly kind: WatchedKind
      readonly row: ObjectRow
    }
  | {
      readonly topic: 'object'
      readonly op: 'delete'
      readonly uid: string
      readonly clusterId: string
      readonly kind: WatchedKind
    }
  | { readonly topic: Exclude<ChangeTopic, 'object'>; readonly key: string }

import type { WatchedKind } from '@fairlead/contracts/kinds'
import type { Verdict } from '@fairlead/contracts/verdict'

/** Raise it when any summary changes shape or meaning: rows of objects that did not change are then written again. */
export const summaryShape = 6

/** One row of inventory_objects, before cluster, epoch and time of observation. Times are ISO 8601. */
export interface Summarized {
  readonly uid: string
  readonly kind: WatchedKind
  readonly namespace: string | null
  readonly name: string
  readonly resourceVersion: string
  readonly createdAt: string
  readonly labels: Readonly<Record<string, string>>
  readonly ownerUid: string | null
  readonly cells: Readonly<Record<string, string>>
  readonly verdict: Verdict | null
  readonly state: string | null
  readonly summary: object
  readonly images: readonly string[]
  readonly nodeName: string | null
  readonly cpuMillis: number | null
  readonly memoryBytes: number | null
  readonly restartedAt: string | null
}

/** What differs by kind; the rest comes from the metadata. */
export type KindSummary = Pick<Summarized, 'cells' | 'summary'> &
  Partial<
    Pick<
      Summarized,
      'verdict' | 'state' | 'images' | 'nodeName' | 'cpuMillis' | 'memoryBytes' | 'restartedAt'
    >
  >

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly since: string | null
}

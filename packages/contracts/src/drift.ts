import { z } from 'zod'
import type { DriftMode, DriftState } from './drift-states'
import { applicationRefSchema, type DiffLine } from './rollout'
import type { ClusterIdentity } from './cluster'
import { nameSchema } from './ids'

/** Who wrote it, as the API server remembers: the tool's name, never the person's. */
export interface DriftAuthor {
  readonly manager: string
  readonly operation: string | null
  /** ISO; null where the server keeps none. */
  readonly at: string | null
  /** Those whose values differ; empty where a field was removed, which nobody owns any more. */
  readonly fields: readonly string[]
}

export interface DriftedObject {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly change: 'changed' | 'missing' | 'unreadable'
  /** Why it can't be compared. */
  readonly notes: readonly string[]
  /** From what is there to what should be; no value of a Secret. */
  readonly diff: readonly DiffLine[]
  readonly authors: readonly DriftAuthor[]
  /** Pods that putting it back replaces. */
  readonly restarts: number
}

/** How far one target of a stage is from its verified release. */
export interface TargetDrift {
  readonly stage: string
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly state: DriftState
  /** Why it is not known, or what keeps it from being put back. */
  readonly reason: string
  readonly mode: DriftMode
  /** When it was first seen to differ, ISO. */
  readonly since: string | null
  /** Of the last comparison, ISO; null before the first. */
  readonly checkedAt: string | null
  readonly release: number | null
  readonly objects: readonly DriftedObject[]
  /** Somebody asked that it be put back, and it isn't yet. */
  readonly wanted: { readonly by: string; readonly at: string } | null
}

export interface ApplicationDrift {
  readonly targets: readonly TargetDrift[]
  readonly putBack: { readonly passed: boolean; readonly reason: string | null }
}

export const putBackSchema = applicationRefSchema.extend({
  stage: nameSchema,
  /** One of the stage's; all of them without it. */
  cluster: nameSchema.optional(),
  reason: z.string().max(500).default(''),
})

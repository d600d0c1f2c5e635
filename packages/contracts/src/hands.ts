import { z } from 'zod'
import { clusterIdSchema, drainIdSchema } from './ids'
import type { DrainState, DrainStep } from './hand-states'
import { objectRefSchema } from './inventory'
import type { DiffLine } from './rollout'

/** The object's or node's name, typed once more: asked for in production before anything is taken away. */
const confirm = z.string().max(253).optional()

export const scaleSchema = objectRefSchema.extend({
  replicas: z.number().int().min(0).max(10_000),
  /** Refused when the object wants another number by now: what the person saw when deciding. */
  from: z.number().int().min(0).optional(),
  confirm,
})
export const deleteSchema = objectRefSchema.extend({
  /** Refused when the object of that name is another one by now. */
  uid: z.string().min(1).max(100),
  propagation: z.enum(['Background', 'Foreground', 'Orphan']).default('Background'),
  confirm,
})

export const nodeRefSchema = z.object({ cluster: clusterIdSchema, name: z.string().min(1).max(253) })
export const planDrainSchema = nodeRefSchema.extend({
  /** Take pods along whose emptyDir volumes are lost with them (kubectl's --delete-emptydir-data). */
  emptyDir: z.boolean().default(false),
  /** Take pods along that no controller brings back (kubectl's --force). */
  unmanaged: z.boolean().default(false),
})
export const drainSchema = planDrainSchema.extend({
  /** Seconds that each pod gets to stop; its own terminationGracePeriodSeconds when left out. */
  gracePeriodSeconds: z.number().int().min(0).max(3_600).optional(),
  /** Seconds after which the drain gives up; what was evicted stays evicted. */
  timeoutSeconds: z.number().int().min(10).max(86_400).default(3_600),
  confirm,
})
export const listDrainsSchema = z.object({
  cluster: clusterIdSchema,
  node: nodeRefSchema.shape.name.optional(),
  limit: z.number().int().min(1).max(100).default(20),
})
export const drainRefSchema = z.object({ drain: drainIdSchema })

/** What a hand did, and what it means where a Fairlead application or an autoscaler wants something else. */
export interface Handled {
  readonly changed: boolean
  readonly notes: readonly string[]
}

export interface DrainPod {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly step: DrainStep
  /** Why this step, in words. */
  readonly reason: string
  /** `ReplicaSet web-5d8f`; null for a pod of nobody. */
  readonly controller: string | null
  readonly budget: { readonly name: string; readonly allowed: number } | null
  /** Volumes whose data is lost with the pod. */
  readonly emptyDirs: readonly string[]
}

export interface DrainPlan {
  readonly node: string
  readonly uid: string
  readonly cordoned: boolean
  readonly pods: readonly DrainPod[]
  readonly counts: Readonly<Record<DrainStep, number>>
}

export interface DrainView {
  readonly id: string
  readonly cluster: string
  readonly node: string
  readonly state: DrainState
  /** What it is doing or waiting for, or how it ended. */
  readonly message: string
  readonly requester: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly deadlineAt: string
  /** Pods that had to go when it was last looked at for the first time, and those of them that are gone. */
  readonly total: number
  readonly gone: number
  /** Those that are still there, with why. */
  readonly waiting: readonly Pick<DrainPod, 'namespace' | 'name' | 'reason'>[]
}

/** Bytes of one side of an edit. */
export const maxEditBytes = 512 * 1024
const yamlSchema = z.string().min(1).max(maxEditBytes)
export const planEditSchema = objectRefSchema.extend({
  /** The YAML as it was read, and as it should be. */
  base: yamlSchema,
  edited: yamlSchema,
})
export const editSchema = planEditSchema.extend({
  /** Take fields that another manager owns. */
  takeOver: z.boolean().default(false),
})

/** What an edit would do, by server-side dry run. Nothing of it is done while `refused` or `meanwhile` says something. */
export interface EditPlan {
  readonly diff: readonly DiffLine[]
  /** Fields that others own and that the edit takes from them. */
  readonly conflicts: readonly { readonly field: string; readonly manager: string }[]
  /** What somebody else changed since `base` was read. */
  readonly meanwhile: readonly DiffLine[]
  /** Why the API server would not take it. */
  readonly refused: string | null
  readonly notes: readonly string[]
  /** The pod template changes: the workload's pods are replaced. */
  readonly restarts: boolean
}

import { z } from 'zod'
import { frozenActionNames, type FrozenAction } from './freeze-actions'
import { maxFreezeBytes, type FreezeScope } from './freeze-document'
import type { FreezeAnswer } from './freeze-gate'
import { maxExceptionMinutes, type ExceptionState } from './freeze-states'
import { clusterIdSchema, exceptionIdSchema, nameSchema, rolloutIdSchema } from './ids'

export const applyFreezeSchema = z.object({
  document: z.string().min(1).max(maxFreezeBytes),
  file: z.string().max(500).optional(),
})
export const freezeRefSchema = z.object({ window: nameSchema })
export const freezeCalendarSchema = z
  .object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(
    ({ from, to }) =>
      Date.parse(to) > Date.parse(from) && Date.parse(to) - Date.parse(from) <= 100 * 86_400_000,
    'expected at most 100 days, and an end after the beginning',
  )

/** May this be done now, where the object lies? What dialogs ask before anybody types. */
export const checkFreezeSchema = z.object({
  action: z.enum(frozenActionNames),
  cluster: clusterIdSchema,
  namespace: z.string().max(63).nullable(),
  /** The label that names the object's application. */
  application: z.string().max(63).nullable().default(null),
})

export interface FreezeWindowView {
  readonly name: string
  readonly mode: 'deny' | 'allow'
  readonly reason: string
  readonly running: 'finish' | 'pause'
  readonly scope: FreezeScope
  readonly actions: readonly FrozenAction[] | null
  readonly timezone: string
  /** `0 18 * * 5 for 62h`, or from when until when. */
  readonly schedule: string
  readonly lasts: boolean
  /** Of the span that lasts, or of the next: null when none comes within a year. */
  readonly from: string | null
  readonly until: string | null
  /** The same in the zone of the window, with its offset. */
  readonly fromLocal: string | null
  readonly untilLocal: string | null
  readonly updatedAt: string
  readonly updatedBy: string
}

export interface FreezeWindowDetail extends FreezeWindowView {
  readonly source: string
}

/** One span of one window, cut at the ends of what was asked for. */
export interface FreezeSpan {
  readonly window: string
  readonly mode: 'deny' | 'allow'
  readonly reason: string
  readonly from: string
  readonly until: string
  readonly fromLocal: string
  readonly untilLocal: string
  readonly timezone: string
  /** What a change of the clock does to it. */
  readonly note: string | null
}

export interface FreezeCalendar {
  readonly spans: readonly FreezeSpan[]
  /** Windows with more spans than are shown. */
  readonly cut: readonly string[]
}

const reason = z.string().min(1, 'a reason is required').max(500)
/** One rollout; or an application, on one cluster or on all of its own; or a cluster, for one project or for everything on it. */
export const askExceptionSchema = z
  .object({
    rollout: rolloutIdSchema.optional(),
    application: z.object({ project: nameSchema.optional(), application: nameSchema }).optional(),
    cluster: clusterIdSchema.optional(),
    project: nameSchema.optional(),
    reason,
    minutes: z.number().int().min(5).max(maxExceptionMinutes).default(60),
  })
  .refine(
    ({ rollout, application, cluster, project }) =>
      rollout === undefined
        ? (application !== undefined && project === undefined) ||
          (application === undefined && cluster !== undefined)
        : application === undefined && cluster === undefined && project === undefined,
    'expected a rollout; or an application, perhaps with a cluster; or a cluster, perhaps with a project',
  )
export const exceptionRefSchema = z.object({ exception: exceptionIdSchema })
export const decideExceptionSchema = exceptionRefSchema.extend({ reason })
export const reviewExceptionSchema = exceptionRefSchema.extend({
  note: z.string().min(1, 'a note is required').max(2_000),
})

/** What the viewer may do with an exception, and if not, why. */
export interface MayDo {
  readonly passed: boolean
  readonly reason: string | null
}

export interface ExceptionView {
  readonly id: string
  readonly state: ExceptionState
  /** `rollout 12 of shop/checkout`, `shop/checkout on production`, `cluster production`. */
  readonly about: string
  readonly rollout: string | null
  readonly project: string | null
  readonly application: string | null
  readonly cluster: string | null
  readonly reason: string
  readonly minutes: number
  readonly requester: string
  readonly requestedAt: string
  readonly decider: string | null
  readonly decidedAt: string | null
  readonly decision: string | null
  readonly expiresAt: string | null
  readonly reviewer: string | null
  readonly reviewedAt: string | null
  readonly note: string | null
  readonly mine: { readonly decide: MayDo; readonly withdraw: MayDo; readonly review: MayDo }
}

/** A stage of a deploy that was not asked for yet. */
export interface StageFreeze {
  readonly stage: string
  readonly answer: FreezeAnswer
}

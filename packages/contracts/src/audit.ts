import { z } from 'zod'

export const auditQuerySchema = z.object({
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  project: z.string().max(63).optional(),
  subject: z.string().max(253).optional(),
  outcome: z.enum(['done', 'denied', 'failed']).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** Entries with a smaller sequence number than this one. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(1_000).default(100),
})

export interface AuditEntryView {
  readonly sequence: number
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string }
  readonly action: string
  readonly outcome: 'done' | 'denied' | 'failed'
  readonly project: string | null
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string } | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly via: string
  readonly address: string | null
  readonly hash: string
}

export interface AuditVerification {
  readonly intact: boolean
  readonly entries: number
  readonly lastHash: string | null
  /** The first broken link: which entry, and what is wrong with it. */
  readonly broken: { readonly sequence: number; readonly problem: string } | null
}

import { z } from 'zod'

const approvalSchema = z.object({
  kind: z.literal('approval'),
  digest: z.string(),
  message: z.string(),
  quorum: z.number(),
  roles: z.array(z.string()),
  excludeRequester: z.boolean(),
  expiresAt: z.string(),
})
export type PendingApproval = z.output<typeof approvalSchema>

const pendingSchema = z.discriminatedUnion('kind', [
  approvalSchema,
  z.object({ kind: z.literal('time'), until: z.string() }),
  z.object({ kind: z.literal('event'), name: z.string(), match: z.string().nullable() }),
  z.object({ kind: z.literal('workflow'), name: z.string(), run: z.string().nullable() }),
  z.object({ kind: z.literal('rollout'), application: z.string(), stage: z.string().nullable() }),
])
export type PendingWait = z.output<typeof pendingSchema>

/** The engine's column: what a task waits for, as far as people are told. */
export const pendingOf = (column: unknown): PendingWait | null => pendingSchema.safeParse(column).data ?? null

export function pendingApproval(column: unknown): PendingApproval | null {
  const pending = pendingOf(column)
  return pending?.kind === 'approval' ? pending : null
}

import { z } from 'zod'
import { podRefSchema } from './pod-why'

export const openShellSchema = podRefSchema.extend({
  container: z.string().min(1).max(63),
  /** argv, run as it is: bash where the image has it, else sh, when left out. */
  command: z.array(z.string().min(1).max(1_000)).min(1).max(20).optional(),
  /** Must be given for a production cluster; stands in the audit log. */
  reason: z.string().trim().max(500).optional(),
})

/** Good for one connection, by the session that asked for it. */
export interface ShellTicket {
  readonly ticket: string
  readonly expiresAt: string
}

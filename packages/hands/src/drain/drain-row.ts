import { clusterPrincipalSchema, type ClusterPrincipal } from '@fairlead/contracts/acting'
import { z } from 'zod'

/** The JSON columns of a drain, parsed where they are read. */
export const drainOptionsSchema = z.object({
  emptyDir: z.boolean(),
  unmanaged: z.boolean(),
  gracePeriodSeconds: z.number().optional(),
})
export type StoredOptions = z.infer<typeof drainOptionsSchema>

export const storedPlanSchema = z
  .array(z.string())
  .nullable()
  .transform((uids) => uids ?? [])

export const storedWaitingSchema = z.array(
  z.object({ namespace: z.string(), name: z.string(), reason: z.string() }),
)

/** null: Fairlead itself. */
export const storedPrincipalSchema = clusterPrincipalSchema.nullable()
export const storedPrincipal = ({ user, groups }: ClusterPrincipal) => ({ user, groups: [...groups] })

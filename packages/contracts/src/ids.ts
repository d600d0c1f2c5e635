import { z } from 'zod'

const id = <B extends string>() => z.uuid().brand<B>()

export const userIdSchema = z.string().min(1).max(64).brand<'UserId'>()
export const projectIdSchema = id<'ProjectId'>()
export const clusterIdSchema = id<'ClusterId'>()
export const applicationIdSchema = id<'ApplicationId'>()
export const releaseIdSchema = id<'ReleaseId'>()
export const rolloutIdSchema = id<'RolloutId'>()
export const workflowIdSchema = id<'WorkflowId'>()
export const runIdSchema = id<'RunId'>()
export const drainIdSchema = id<'DrainId'>()
export const driftIdSchema = id<'DriftId'>()
export const exceptionIdSchema = id<'ExceptionId'>()
export const tokenIdSchema = id<'TokenId'>()

export type UserId = z.infer<typeof userIdSchema>
export type ProjectId = z.infer<typeof projectIdSchema>
export type ClusterId = z.infer<typeof clusterIdSchema>
export type ApplicationId = z.infer<typeof applicationIdSchema>
export type ReleaseId = z.infer<typeof releaseIdSchema>
export type RolloutId = z.infer<typeof rolloutIdSchema>
export type WorkflowId = z.infer<typeof workflowIdSchema>
export type RunId = z.infer<typeof runIdSchema>
export type DrainId = z.infer<typeof drainIdSchema>
export type DriftId = z.infer<typeof driftIdSchema>
export type ExceptionId = z.infer<typeof exceptionIdSchema>
export type TokenId = z.infer<typeof tokenIdSchema>

/** A DNS-1123 label: what Kubernetes accepts as a namespace, and Fairlead as any name. */
export const nameSchema = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'expected lower-case letters, digits and dashes, e.g. "checkout-eu"',
  )

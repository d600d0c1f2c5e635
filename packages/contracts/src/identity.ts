import { z } from 'zod'
import { nameSchema, projectIdSchema, tokenIdSchema, userIdSchema } from './ids'
import { roleNames, type Membership, type Permission, type Role } from './permissions'

export const roleSchema = z.enum(roleNames)
export const passwordSchema = z.string().min(12, 'expected at least 12 characters').max(128)
export const membershipSchema = z.object({ project: nameSchema.nullable(), role: roleSchema })
export const invitePersonSchema = z.object({
  email: z.email(),
  name: z.string().min(1).max(100),
  memberships: z.array(membershipSchema).max(50).default([]),
})
export const acceptInvitationSchema = z.object({
  secret: z.string().min(20).max(200),
  name: z.string().min(1).max(100),
  email: z.email().optional(),
  password: passwordSchema,
})
export const changePasswordSchema = z.object({
  current: z.string().min(1, 'is required').max(1024),
  password: passwordSchema,
})
export const setMembershipsSchema = z.object({
  user: userIdSchema,
  memberships: z.array(membershipSchema).max(50),
})
export const disablePersonSchema = z.object({ user: userIdSchema, disabled: z.boolean() })
export const createTokenSchema = z.object({
  name: z.string().min(1).max(63),
  project: nameSchema.nullable(),
  role: roleSchema,
  expires: z
    .string()
    .regex(/^\d{1,3}d$/, 'expected days, e.g. "90d"')
    .default('90d'),
})
export const revokeTokenSchema = z.object({ token: tokenIdSchema })
export const createProjectSchema = z.object({
  name: nameSchema,
  description: z.string().max(500).default(''),
})
/** Where a project may deploy and what it may see: a cluster and a namespace, or every namespace (`*`). */
export const destinationSchema = z.object({
  cluster: nameSchema,
  namespace: z.union([nameSchema, z.literal('*')]),
})
export const setDestinationsSchema = z.object({
  project: nameSchema,
  destinations: z.array(destinationSchema).max(200),
})
export const projectRefSchema = z.object({ project: z.union([projectIdSchema, nameSchema]) })

export interface Me {
  readonly id: string
  readonly kind: 'user' | 'token'
  readonly name: string
  readonly email: string | null
  readonly memberships: readonly (Membership & { readonly project: string | null })[]
  readonly permissions: readonly Permission[]
  readonly projects: readonly {
    readonly id: string
    readonly name: string
    readonly permissions: readonly Permission[]
  }[]
}

export interface PersonView {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly disabled: boolean
  readonly createdAt: string
  readonly lastSeenAt: string | null
  readonly memberships: readonly { readonly project: string | null; readonly role: Role }[]
  /** Set while an invitation has not been accepted. */
  readonly invitedUntil: string | null
}

export interface TokenView {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly project: string | null
  readonly role: Role
  readonly owner: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface ProjectView {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly destinations: readonly z.infer<typeof destinationSchema>[]
  readonly applications: number
  readonly people: number
}

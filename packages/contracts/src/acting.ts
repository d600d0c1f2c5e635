import { z } from 'zod'
import type { Membership } from './permissions'

/** As whom what people do by hand, or ask live, is done in a cluster: its own RBAC and audit log see either of them. */
export const actAsSchema = z.enum(['fairlead', 'person'])
export type ActAs = z.infer<typeof actAsSchema>

/** A word that nobody knows must not give anybody Fairlead's own rights. */
export const actAsOf = (stored: string): ActAs => (stored === 'fairlead' ? 'fairlead' : 'person')

/** Somebody as a cluster knows them: RBAC binds roles to the one name or to any of the others. */
export const clusterPrincipalSchema = z.object({ user: z.string(), groups: z.array(z.string()).readonly() })
export type ClusterPrincipal = Readonly<z.infer<typeof clusterPrincipalSchema>>

/** What every name begins with that Fairlead gives to a cluster: none of them can be one of Kubernetes' own. */
export const principalPrefix = 'fairlead:'

/** What is needed of whoever acts to say who they are to a cluster. */
export interface ActingPerson {
  readonly kind: 'user' | 'token' | 'system' | 'anonymous'
  readonly email: string | null
  readonly memberships: readonly Membership[]
}

/** How a cluster stands to acting as people, asked of it now, in the name of whoever looks. */
export interface ActingView {
  readonly actAs: ActAs
  /** Who the viewer is to this cluster, or would be. */
  readonly you: ClusterPrincipal
  /** Whether the cluster took a question in that name. */
  readonly works: boolean
  /** Rights that its credential lacks, in words; empty when it works. */
  readonly missing: readonly string[]
  /** The right reaches `system:masters`, which is every right there is: the credential must be guarded as one of these. */
  readonly reachesMasters: boolean
}

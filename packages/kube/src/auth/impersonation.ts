import { principalPrefix, type ClusterPrincipal } from '@fairlead/contracts/acting'
import { FairleadError } from '@fairlead/contracts/errors'

/** One line of visible ASCII: nothing that ends a header, and nothing of Kubernetes' own, which begins with `system:`. */
const name = new RegExp(`^${principalPrefix}[\\x21-\\x7e]{1,256}$`)

export type ImpersonationHeaders = Readonly<Record<string, string | string[]>>

/**
 * For Kubernetes' user impersonation, https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/. Throws
 * for every name that is not ours, whoever made it up.
 */
export function impersonationHeaders({ user, groups }: ClusterPrincipal): ImpersonationHeaders {
  for (const one of [user, ...groups])
    if (!name.test(one))
      throw new FairleadError('invalid', 'This account has a name that no cluster can be told.', {
        found: JSON.stringify(one).slice(0, 200),
        expected: `${principalPrefix} and visible ASCII`,
      })
  return { 'impersonate-user': user, ...(groups.length === 0 ? {} : { 'impersonate-group': [...groups] }) }
}

/** `User "the credential" cannot impersonate resource "users" …`, or `impersonate-on:user-info:get`: not the person lacks a right. */
const notImpersonated = /\bcannot impersonate[\w:-]* resource\b/

export const principalWords = ({ user, groups }: ClusterPrincipal): string =>
  groups.length === 0 ? user : `${user} (in ${groups.join(', ')})`

/** What a cluster refused to a person is told with their name there, and with who can change it. */
export function refusedTo(principal: ClusterPrincipal, error: FairleadError): FairleadError {
  if (error.code !== 'cluster_denied') return error
  const remedy = notImpersonated.test(error.message)
    ? 'Fairlead is to act as people in this cluster, but its credential may not. Its owner can give the right: kubectl apply -f infra/rbac/fairlead-impersonation.yaml'
    : `This cluster decides by its own RBAC what you may do: it knows you as ${principalWords(principal)}, and did not refuse Fairlead. Its owner can bind a role to one of these names; infra/rbac/fairlead-impersonation.yaml has an example.`
  return new FairleadError(error.code, error.message, { ...error.detail, remedy }, { cause: error })
}

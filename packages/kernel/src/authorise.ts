import { FairleadError } from '@fairlead/contracts/errors'
import {
  holds,
  permissions,
  rolesGranting,
  type Permission,
  type Scope,
} from '@fairlead/contracts/permissions'
import type { Actor } from './context'

/** Denies by default. A project that the actor may not even see is reported as missing, as one that doesn't exist. */
export function authorise(actor: Actor, permission: Permission, scope: Scope): void {
  if (actor.kind === 'anonymous')
    throw new FairleadError('unauthenticated', 'Sign in first, or send an API token.')
  if (holds(actor.memberships, permission, scope)) return
  if (scope.kind === 'project' && !holds(actor.memberships, 'project.view', scope)) throw notFound('project')
  const where =
    scope.kind === 'project'
      ? 'in this project'
      : scope.kind === 'installation'
        ? 'on this installation'
        : 'in any project'
  throw new FairleadError('forbidden', `You may not ${permissions[permission]} ${where}.`, {
    expected: `the role ${rolesGranting(permission).join(' or ')} (${permission})`,
    remedy: 'An administrator can give you the role under Settings, People.',
  })
}

/** The same answer for "there is none" and "it isn't yours". */
export const notFound = (what: string): FairleadError =>
  new FairleadError('not_found', `There is no such ${what}, or you may not see it.`)

/** Ids of the projects in which the actor holds `permission`; 'all' for a role on the whole installation. */
export function projectsWith(actor: Actor, permission: Permission): 'all' | string[] {
  if (holds(actor.memberships, permission, { kind: 'installation' })) return 'all'
  const ids = actor.memberships.flatMap((membership) =>
    membership.projectId === null ? [] : [membership.projectId],
  )
  return [...new Set(ids)].filter((projectId) =>
    holds(actor.memberships, permission, { kind: 'project', projectId }),
  )
}

import type { StageSpec } from '@fairlead/contracts/application'
import type { Decision } from '@fairlead/contracts/decision'
import { holds } from '@fairlead/contracts/permissions'
import type { Actor } from '@fairlead/kernel/context'

type Approval = NonNullable<StageSpec['approval']>

/** Whether this person may approve or reject: a role of the stage is needed, administrators have no short cut. */
export function mayDecide(
  actor: Pick<Actor, 'id' | 'kind' | 'memberships'>,
  facts: { readonly projectId: string; readonly requesterId: string; readonly approval: Approval },
): Decision {
  const { approval, projectId, requesterId } = facts
  const no = (reason: string, owner?: string): Decision => ({
    passed: false,
    reason,
    ...(owner === undefined ? {} : { owner }),
  })
  if (actor.kind !== 'user' && actor.kind !== 'token') return no('Only people decide.')
  if (!holds(actor.memberships, 'rollout.approve', { kind: 'project', projectId }))
    return no('You may not approve rollouts in this project.', 'an administrator')
  const roles: readonly string[] = approval.roles
  const inRole = actor.memberships.some(
    (membership) =>
      roles.includes(membership.role) &&
      (membership.projectId === null || membership.projectId === projectId),
  )
  if (!inRole)
    return no(
      `This stage is decided by ${roles.join(' or ')}, and you don't have that role here.`,
      roles.join(', '),
    )
  if (approval.excludeRequester && actor.id === requesterId)
    return no('You asked for this rollout; someone else must decide.', roles.join(', '))
  return { passed: true }
}

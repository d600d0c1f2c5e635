import type { Decision } from '@fairlead/contracts/decision'
import { holds } from '@fairlead/contracts/permissions'
import type { Actor } from '@fairlead/kernel/context'
import type { PendingApproval } from '../views/pending'

/** Whether this person may approve or reject: a role of the task is needed, administrators have no short cut. */
export function mayDecide(
  actor: Pick<Actor, 'id' | 'kind' | 'memberships'>,
  facts: {
    readonly projectId: string
    readonly requesterId: string
    readonly approval: Pick<PendingApproval, 'roles' | 'excludeRequester'>
  },
): Decision {
  const { approval, projectId, requesterId } = facts
  const no = (reason: string, owner?: string): Decision => ({
    passed: false,
    reason,
    ...(owner === undefined ? {} : { owner }),
  })
  if (actor.kind !== 'user' && actor.kind !== 'token') return no('Only people decide.')
  if (!holds(actor.memberships, 'run.approve', { kind: 'project', projectId }))
    return no('You may not approve tasks in this project.', 'an administrator')
  const { roles } = approval
  const inRole = actor.memberships.some(
    (one) => roles.includes(one.role) && (one.projectId === null || one.projectId === projectId),
  )
  if (!inRole)
    return no(
      `This task is decided by ${roles.join(' or ')}, and you don't have that role here.`,
      roles.join(', '),
    )
  if (approval.excludeRequester && actor.id === requesterId)
    return no('You asked for this run; someone else must decide.', roles.join(', '))
  return { passed: true }
}

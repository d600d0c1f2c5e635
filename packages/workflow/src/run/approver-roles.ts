import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'

type Db = Pick<WorkflowDb | WorkflowTx, 'user' | 'membership'>

export interface ApproverRoles {
  /** Whether this person's decision counts now: enabled, and with one of the roles in this project. */
  holds(userId: string, projectId: string, roles: readonly string[]): boolean
}

/** What these people may decide, read once for however many tasks. */
export async function approverRoles(db: Db, userIds: readonly string[]): Promise<ApproverRoles> {
  const ids = [...new Set(userIds)]
  if (ids.length === 0) return { holds: () => false }
  const [users, memberships] = await Promise.all([
    db.user.findMany({ where: { id: { in: ids }, disabledAt: null }, select: { id: true } }),
    db.membership.findMany({
      where: { userId: { in: ids } },
      select: { userId: true, role: true, projectId: true },
    }),
  ])
  const enabled = new Set(users.map(({ id }) => id))
  return {
    holds: (userId, projectId, roles) =>
      enabled.has(userId) &&
      memberships.some(
        (one) =>
          one.userId === userId &&
          roles.includes(one.role) &&
          (one.projectId === null || one.projectId === projectId),
      ),
  }
}

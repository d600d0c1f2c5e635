import type { StageSpec } from '@fairlead/contracts/application'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'

type Db = Pick<WorkloadDb | WorkloadTx, 'user' | 'membership'>

/** Of these people, those who may approve the stage now: enabled, and with one of its roles there. */
export async function eligibleApprovers(
  db: Db,
  projectId: string,
  roles: readonly string[],
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set()
  const [users, memberships] = await Promise.all([
    db.user.findMany({ where: { id: { in: [...userIds] }, disabledAt: null }, select: { id: true } }),
    db.membership.findMany({
      where: {
        userId: { in: [...userIds] },
        role: { in: [...roles] },
        OR: [{ projectId }, { projectId: null }],
      },
      select: { userId: true },
    }),
  ])
  const holders = new Set(memberships.map(({ userId }) => userId))
  return new Set(users.map(({ id }) => id).filter((id) => holders.has(id)))
}

interface Given {
  readonly userId: string
  readonly decision: string
  readonly planDigest: string
}

/** Distinct people whose approval of this very plan counts now: rights are checked again each time it is asked. */
export async function countedApprovals(
  db: Db,
  request: {
    readonly projectId: string
    readonly requesterId: string
    readonly approval: NonNullable<StageSpec['approval']>
    readonly planDigest: string | null
    readonly given: readonly Given[]
  },
): Promise<number> {
  const { approval, planDigest, requesterId } = request
  const people = [
    ...new Set(
      request.given
        .filter((row) => row.decision === 'approved' && row.planDigest === planDigest)
        .map(({ userId }) => userId)
        .filter((userId) => !approval.excludeRequester || userId !== requesterId),
    ),
  ]
  return (await eligibleApprovers(db, request.projectId, approval.roles, people)).size
}

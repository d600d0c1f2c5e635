import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { FreezeDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { mayDecide, mayReview, mayWithdraw, stateOf } from '../exceptions/may-do'
import type { FreezeDeps } from '../freeze-deps'

/** The newest that are shown; what waits for a review is among them however old it is. */
const maxShown = 200

/** Of the projects that the viewer sees; of whole clusters, those of them that these projects may use. */
export const listExceptions = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('exception.list', {
    scope: { kind: 'any' },
    run: async (context) => {
      const visible = await visibleTo(context)
      const newestFirst = { orderBy: { createdAt: 'desc' }, take: maxShown } as const
      const [open, closed] = await Promise.all([
        context.db.freezeException.findMany({
          where: { AND: [visible, { state: 'active' }] },
          ...newestFirst,
        }),
        context.db.freezeException.findMany({
          where: { AND: [visible, { state: { not: 'active' } }] },
          ...newestFirst,
        }),
      ])
      const rows = [...open, ...closed].toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
      return views(context, rows)
    },
  })

async function visibleTo({ db, actor }: QueryContext<FreezeDb>) {
  const projects = projectsWith(actor, 'project.view')
  if (projects === 'all') return {}
  const destinations = await db.destination.findMany({
    where: { projectId: { in: projects } },
    select: { clusterId: true },
  })
  const clusters = destinations.map(({ clusterId }) => clusterId)
  return { OR: [{ projectId: { in: projects } }, { projectId: null, clusterId: { in: clusters } }] }
}

type Row = Awaited<ReturnType<FreezeDb['freezeException']['findMany']>>[number]

async function views(
  { db, actor, now }: QueryContext<FreezeDb>,
  rows: readonly Row[],
): Promise<ExceptionView[]> {
  const ids = (pick: (row: Row) => string | null): string[] => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ]
  const [projects, applications, clusters, rollouts] = await Promise.all([
    db.project.findMany({ where: { id: { in: ids(({ projectId }) => projectId) } } }),
    db.application.findMany({
      where: { id: { in: ids(({ applicationId }) => applicationId) } },
      select: { id: true, name: true },
    }),
    db.cluster.findMany({
      where: { id: { in: ids(({ clusterId }) => clusterId) } },
      select: { id: true, name: true },
    }),
    db.rollout.findMany({
      where: { id: { in: ids(({ rolloutId }) => rolloutId) } },
      select: { id: true, application: { select: { name: true } } },
    }),
  ])
  const nameIn = (of: readonly { readonly id: string; readonly name: string }[], id: string | null) =>
    of.find((one) => one.id === id)?.name ?? null
  return rows.map((row) => ({
    id: row.id,
    state: stateOf(row, now),
    about: row.about,
    rollout: row.rolloutId,
    project: nameIn(projects, row.projectId),
    application:
      nameIn(applications, row.applicationId) ??
      rollouts.find(({ id }) => id === row.rolloutId)?.application.name ??
      null,
    cluster: nameIn(clusters, row.clusterId),
    reason: row.reason,
    minutes: row.minutes,
    requester: row.requesterName,
    requestedAt: row.createdAt.toISOString(),
    decider: row.deciderName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decision: row.decisionReason,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    reviewer: row.reviewerName,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    note: row.note,
    mine: {
      decide: mayDecide(row, actor, now),
      withdraw: mayWithdraw(row, actor, now),
      review: mayReview(row, actor, now),
    },
  }))
}

import type { DrainView } from '@fairlead/contracts/hands'
import { drainStates, type DrainState } from '@fairlead/contracts/hand-states'
import type { HandsDb } from '@fairlead/db/views'
import { findCluster } from '@fairlead/inventory/verbs/find-cluster'
import { loadVisibility } from '@fairlead/inventory/visible'
import { room } from '@fairlead/kernel/door'
import { storedPlanSchema, storedWaitingSchema } from '../drain/drain-row'
import type { HandsDeps } from '../hands-deps'

type Row = Awaited<ReturnType<HandsDb['drain']['findMany']>>[number]

const stateOf = (word: string): DrainState => (word in drainStates ? (word as DrainState) : 'failed')

function viewOf(row: Row, mayName: boolean): DrainView {
  const waiting = storedWaitingSchema.parse(row.waiting)
  const total = storedPlanSchema.parse(row.planned).length
  return {
    id: row.id,
    cluster: row.clusterId,
    node: row.node,
    state: stateOf(row.state),
    message: mayName ? row.message : '',
    requester: row.requesterName,
    startedAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt.toISOString(),
    total,
    gone: total - waiting.length,
    waiting: mayName ? waiting : [],
  }
}

/** Only a destination of every namespace covers a namespace of this name. */
const everyNamespace = '*'

/** Newest first. Whoever sees a part of the cluster sees that a node is drained, but not whose pods are in the way. */
export const nodeDrains = ({ db }: HandsDeps) =>
  room<HandsDb>(db).query('node.drains', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const { id } = await findCluster(context.db, context.actor, input)
      const rows = await context.db.drain.findMany({
        where: { clusterId: id, ...(input.node === undefined ? {} : { node: input.node }) },
        orderBy: { createdAt: 'desc' },
        take: input.limit,
      })
      const visible = await loadVisibility(context.db, context.actor)
      const mayName = visible.sees(id, everyNamespace)
      return rows.map((row) => viewOf(row, mayName))
    },
  })

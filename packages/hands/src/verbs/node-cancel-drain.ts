import { FairleadError } from '@fairlead/contracts/errors'
import type { HandsDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { HandsDeps } from '../hands-deps'
import { nodeScope } from './node-cordon'

const findDrain = async (db: Pick<HandsDb, 'drain'>, id: string) => {
  const row = await db.drain.findUnique({ where: { id } })
  if (row === null) throw notFound('drain')
  return row
}

/** No further pod is evicted; the node stays cordoned, and what was evicted stays evicted. */
export const nodeCancelDrain = ({ db }: HandsDeps) =>
  room<HandsDb>(db).command('node.cancelDrain', {
    scope: async (context, input) =>
      nodeScope(context, { cluster: (await findDrain(context.db, input.drain)).clusterId }),
    run: async (context, input) => {
      const { tx, actor, now } = context
      const row = await findDrain(tx, input.drain)
      context.subject({ kind: 'Node', id: row.nodeUid, name: row.node })
      context.note({ drain: row.id })
      const { count } = await tx.drain.updateMany({
        where: { id: row.id, state: 'running' },
        data: {
          state: 'cancelled',
          message: `Cancelled by ${actor.name}. ${row.node} stays cordoned.`,
          checkAt: null,
          finishedAt: now,
        },
      })
      if (count === 0) throw new FairleadError('conflict', `The drain of ${row.node} has ended.`)
      context.change({ topic: 'drain', key: row.id, clusterId: row.clusterId })
      return { done: true }
    },
  })

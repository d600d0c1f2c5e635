import type { FreezeDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { documentOf } from '../document/stored-window'
import type { FreezeDeps } from '../freeze-deps'
import { ringWaiting } from './waiting-rollouts'

export const deleteWindow = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('freeze.delete', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const where = { name: input.window }
      context.subject({ kind: 'freeze window', id: input.window, name: input.window })
      const row = await context.tx.freezeWindow.findUnique({ where })
      if (row === null) throw notFound('freeze window')
      const { mode, reason, schedule, scope } = documentOf(row.document).spec
      context.note({ mode, reason, schedule, scope })
      await context.tx.freezeWindow.delete({ where })
      context.change({ topic: 'freeze', key: input.window, op: 'delete' })
      await ringWaiting(context)
      return { done: true }
    },
  })

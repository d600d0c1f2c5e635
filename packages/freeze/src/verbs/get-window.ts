import type { FreezeDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { windowOf } from '../document/stored-window'
import type { FreezeDeps } from '../freeze-deps'
import { freezeWindowView } from '../views/freeze-window-view'

/** With its document as it was written, for whoever may change it. */
export const getWindow = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('freeze.get', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const row = await context.db.freezeWindow.findUnique({ where: { name: input.window } })
      if (row === null) throw notFound('freeze window')
      return { ...freezeWindowView(row, windowOf(row.document), context.now), source: row.source }
    },
  })

import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { FreezeDeps } from '../freeze-deps'
import { freezeWindowView, seenWindow } from '../views/freeze-window-view'
import { seenNames } from '../views/seen'

/** Those that may hold for something that the viewer sees, by name. */
export const listWindows = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('freeze.list', {
    scope: { kind: 'any' },
    run: async (context) => {
      const seen = await seenNames(context)
      const rows = await context.db.freezeWindow.findMany({ orderBy: { name: 'asc' } })
      return rows.flatMap((row) => {
        const window = seenWindow(row.document, seen)
        return window === null ? [] : [freezeWindowView(row, window, context.now)]
      })
    },
  })

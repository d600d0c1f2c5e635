import type { EntryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import type { FreezeDeps } from './freeze-deps'
import { applyWindow } from './verbs/apply-window'
import { askException } from './verbs/ask-exception'
import { checkFreeze } from './verbs/check-freeze'
import { confirmException } from './verbs/confirm-exception'
import { deleteWindow } from './verbs/delete-window'
import { getCalendar } from './verbs/get-calendar'
import { getSchema } from './verbs/get-schema'
import { getWindow } from './verbs/get-window'
import { listExceptions } from './verbs/list-exceptions'
import { listWindows } from './verbs/list-windows'
import { refuseException } from './verbs/refuse-exception'
import { reviewException } from './verbs/review-exception'
import { withdrawException } from './verbs/withdraw-exception'

const freezeEntryNames = [
  'freeze.list',
  'freeze.get',
  'freeze.calendar',
  'freeze.check',
  'freeze.schema',
  'freeze.apply',
  'freeze.delete',
  'exception.list',
  'exception.ask',
  'exception.confirm',
  'exception.refuse',
  'exception.withdraw',
  'exception.review',
] as const satisfies readonly EntryName[]
export type FreezeEntryName = (typeof freezeEntryNames)[number]

/** Every entry of this room, for an application's composition root. */
export const freezeEntries = (deps: FreezeDeps): Entries<FreezeEntryName> => ({
  'freeze.list': listWindows(deps),
  'freeze.get': getWindow(deps),
  'freeze.calendar': getCalendar(deps),
  'freeze.check': checkFreeze(deps),
  'freeze.schema': getSchema(deps),
  'freeze.apply': applyWindow(deps),
  'freeze.delete': deleteWindow(deps),
  'exception.list': listExceptions(deps),
  'exception.ask': askException(deps),
  'exception.confirm': confirmException(deps),
  'exception.refuse': refuseException(deps),
  'exception.withdraw': withdrawException(deps),
  'exception.review': reviewException(deps),
})

import * as freeze from './freeze'
import type { FreezeAnswer } from './freeze-gate'
import { command, nothing, query, type Done } from './surface-entry'

/** The part of surface.ts that is about freeze windows and the exceptions from them. */
export const freezeSurface = {
  'freeze.list': query<freeze.FreezeWindowView[]>()('project.view', nothing),
  'freeze.get': query<freeze.FreezeWindowDetail>()('freeze.manage', freeze.freezeRefSchema),
  'freeze.calendar': query<freeze.FreezeCalendar>()('project.view', freeze.freezeCalendarSchema),
  'freeze.check': query<FreezeAnswer>()('inventory.view', freeze.checkFreezeSchema),
  'freeze.schema': query<{ schema: Readonly<Record<string, unknown>> }>()('self.use', nothing),
  'freeze.apply': command<{ id: string; created: boolean; changed: boolean }>()(
    'freeze.manage',
    freeze.applyFreezeSchema,
  ),
  'freeze.delete': command<Done>()('freeze.manage', freeze.freezeRefSchema),
  'exception.list': query<freeze.ExceptionView[]>()('project.view', nothing),
  'exception.ask': command<{ id: string }>()('freeze.ask', freeze.askExceptionSchema),
  'exception.confirm': command<{ expiresAt: string }>()('freeze.confirm', freeze.decideExceptionSchema),
  'exception.refuse': command<Done>()('freeze.confirm', freeze.decideExceptionSchema),
  // Either of the two, whatever their roles: it only ever closes.
  'exception.withdraw': command<Done>()('project.view', freeze.exceptionRefSchema),
  'exception.review': command<Done>()('freeze.confirm', freeze.reviewExceptionSchema),
} as const

import type { FreezeSpan } from '@fairlead/contracts/freeze'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { localText, offsetOf } from '@fairlead/timetable/local-text'
import { spansIn, type Span } from '../algebra/times'
import type { StoredWindow } from '../document/stored-window'
import type { FreezeDeps } from '../freeze-deps'
import { seenWindow } from '../views/freeze-window-view'
import { seenNames } from '../views/seen'

/** Spans of one window that a calendar shows at most. */
const maxSpans = 300

/** When each window lasts, as far as it touches the range. */
export const getCalendar = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).query('freeze.calendar', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const range = { from: Date.parse(input.from), until: Date.parse(input.to) }
      const seen = await seenNames(context)
      const rows = await context.db.freezeWindow.findMany({ orderBy: { name: 'asc' } })
      const windows = rows.flatMap(({ document }) => seenWindow(document, seen) ?? [])
      const found = windows.map((window) => ({ window, spans: spansIn(window.times, range, maxSpans + 1) }))
      return {
        spans: found
          .flatMap(({ window, spans }) => spans.slice(0, maxSpans).map((span) => shown(window, span, range)))
          .toSorted((a, b) =>
            a.from === b.from ? a.window.localeCompare(b.window) : a.from < b.from ? -1 : 1,
          ),
        cut: found.filter(({ spans }) => spans.length > maxSpans).map(({ window }) => window.name),
      }
    },
  })

function shown(window: StoredWindow, span: Span, range: Span): FreezeSpan {
  const { name, mode, reason, timezone } = window
  const local = (at: number): string => localText(new Date(at), timezone)
  return {
    window: name,
    mode,
    reason,
    timezone,
    from: new Date(Math.max(span.from, range.from)).toISOString(),
    until: new Date(Math.min(span.until, range.until)).toISOString(),
    fromLocal: local(span.from),
    untilLocal: local(span.until),
    note: clockNote(window, span),
  }
}

/** A window lasts for real time: where the clock moves in it, its end stands elsewhere on the wall than on other days. */
function clockNote({ timezone, schedule }: StoredWindow, { from, until }: Span): string | null {
  const [before, after] = [from, until].map((at) => offsetOf(new Date(at), timezone))
  if (before === after) return null
  const lasts = 'duration' in schedule ? ` It lasts ${schedule.duration} of real time all the same.` : ''
  return `The clock of ${timezone} moves from UTC${before} to UTC${after} in it.${lasts}`
}

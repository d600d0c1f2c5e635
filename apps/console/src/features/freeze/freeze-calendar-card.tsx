'use client'

import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { IconButton } from '@fairlead/ui/icon-button'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useNow } from '@fairlead/ui/use-now'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { CalendarWeek } from './calendar-week'
import { useZone } from './use-zone'
import { isMonday, layoutWeek, shiftWeek, weekDays, weekOf } from './week-layout'

const weeksShown = 5

/** Weeks in the zone of whoever looks; each bar tells its times in the window's own. */
export function FreezeCalendarCard() {
  const zone = useZone()
  const now = useNow()
  const [params, setParams] = useUrlParams()
  const asked = params.get('week')
  const today = weekOf(zone, now)
  const monday = isMonday(asked) ? asked : today
  const weeks = useMemo(() => weekDays(zone, monday, weeksShown), [zone, monday])
  const from = new Date(weeks[0]?.[0] ?? 0).toISOString()
  const to = new Date(weeks.at(-1)?.at(-1) ?? 0).toISOString()
  const calendar = useQuery(useTRPC().freeze.calendar.queryOptions({ from, to }))
  const go = (week: string) => setParams({ week: week === today ? null : week })
  useHotkey(']', () => go(shiftWeek(monday, 1)), { description: 'A week later', group: 'Freeze windows' })
  useHotkey('[', () => go(shiftWeek(monday, -1)), { description: 'A week earlier', group: 'Freeze windows' })
  return (
    <Card
      title="Calendar"
      description={`Times as in ${zone}; a window keeps the clock of its own zone.`}
      actions={
        <>
          <IconButton
            label="A week earlier"
            icon={<ChevronLeft aria-hidden />}
            onClick={() => go(shiftWeek(monday, -1))}
          />
          <Button size="sm" onClick={() => go(today)}>
            This week
          </Button>
          <IconButton
            label="A week later"
            icon={<ChevronRight aria-hidden />}
            onClick={() => go(shiftWeek(monday, 1))}
          />
        </>
      }
    >
      {calendar.data ? (
        <>
          <ol aria-label="Weeks" className="space-y-3">
            {weeks.map((days) => (
              <CalendarWeek
                key={days[0]}
                week={layoutWeek(days, calendar.data.spans)}
                zone={zone}
                now={now}
              />
            ))}
          </ol>
          {calendar.data.cut.length > 0 ? (
            <p className="mt-3 text-xs text-muted">
              {calendar.data.cut.join(', ')}: more spans than can be drawn; the later ones are left out.
            </p>
          ) : null}
        </>
      ) : calendar.error ? (
        <FaultState
          what="The calendar could not be loaded."
          error={calendar.error}
          right="project.view"
          onRetry={() => void calendar.refetch()}
          retrying={calendar.isFetching}
        />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Card>
  )
}

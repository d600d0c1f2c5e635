'use client'

import { useQuery } from '@tanstack/react-query'
import { useNow } from '@fairlead/ui/use-now'
import { useTRPC } from '@/live/trpc'
import { calendarRange } from './by-day'

/** The runs that schedules mean for the coming days. */
export function useCalendar(days: number) {
  const now = useNow()
  const calendar = useQuery(useTRPC().workflow.calendar.queryOptions(calendarRange(now, days)))
  return { calendar, now }
}

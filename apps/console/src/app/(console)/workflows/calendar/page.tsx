import type { Metadata } from 'next'
import { CalendarPage } from '@/features/workflows/calendar/calendar-page'

export const metadata: Metadata = { title: 'Calendar of workflows' }

export default function Page() {
  return <CalendarPage />
}

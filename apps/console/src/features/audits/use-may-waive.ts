'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** Why checks can't be waived by whoever is signed in; null when they can be. The server decides by namespace. */
export function useMayWaive(): string | null {
  const { data } = useQuery(useTRPC().session.me.queryOptions({}))
  if (!data || data.permissions.includes('check.waive')) return null
  return 'Needs the right to waive readiness checks (check.waive), which administrators can give with the role operator.'
}

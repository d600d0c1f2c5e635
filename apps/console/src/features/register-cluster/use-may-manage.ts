'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** Why clusters can't be managed by whoever is signed in; null when they can be. */
export function useMayManageClusters(): string | null {
  const { data } = useQuery(useTRPC().session.me.queryOptions({}))
  if (!data || data.permissions.includes('cluster.manage')) return null
  return 'Needs the right to register and remove clusters (cluster.manage), which administrators of the installation can give.'
}

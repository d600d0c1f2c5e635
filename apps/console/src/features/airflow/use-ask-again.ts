'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** After a command: whatever shows its effect is asked again at once. */
export function useAskAgain(): () => void {
  const queryKey = useTRPC().airflow.pathKey()
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey })
}

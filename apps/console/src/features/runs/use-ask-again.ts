'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** After a command: what shows its effect is asked again at once, beside what the live connection brings. */
export function useAskAgain(): () => void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return () => {
    for (const queryKey of [trpc.run.pathKey(), trpc.workflow.pathKey()])
      void queries.invalidateQueries({ queryKey })
  }
}

'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** After a command: what shows its effect is asked again at once, beside what the live connection brings. */
export function useAskAgain(): () => void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return () => {
    const paths = [
      trpc.rollout.pathKey(),
      trpc.approval.pathKey(),
      trpc.application.pathKey(),
      trpc.drift.pathKey(),
      trpc.source.pathKey(),
      trpc.activity.pathKey(),
    ]
    for (const queryKey of paths) void queries.invalidateQueries({ queryKey })
  }
}

'use client'

import type { Handled } from '@fairlead/contracts/hands'
import { useQueryClient } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

/** After a hand: what was done and what it means, and what shows it is asked again beside what the live stream brings. */
export function useTold() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return (title: string, { notes }: Pick<Handled, 'notes'>) => {
    const description = notes.join(' ')
    toast.success(title, description === '' ? {} : { description })
    const stale = [trpc.workload.pathKey(), trpc.node.pathKey(), trpc.object.yaml.pathKey()]
    for (const queryKey of stale) void queries.invalidateQueries({ queryKey })
  }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { useRights } from './use-rights'

/** Where whoever is signed in may give roles. */
export function useGivableProjects(): { projects: readonly string[]; installation: boolean } {
  const { may } = useRights()
  const { data = [] } = useQuery(useTRPC().project.list.queryOptions({}))
  return {
    projects: data
      .filter(({ id }) => may('people.manage', { kind: 'project', projectId: id }))
      .map(({ name }) => name),
    installation: may('people.manage', { kind: 'installation' }),
  }
}

'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/** Counts of pods move without any change being named to this browser: sums are asked again this often. */
export const countsEveryMs = 10_000

export const useFleet = ({ keepCounts = false } = {}) =>
  useQuery(useTRPC().fleet.get.queryOptions({}, keepCounts ? { refetchInterval: countsEveryMs } : {}))

/** Addresses name clusters; calls about objects want their id. Undefined until the fleet is known. */
export function useClusterNamed(name: string): { cluster: ClusterCard | undefined; error: unknown } {
  const { data, error } = useFleet()
  const cluster = data?.clusters.find((each) => each.name === name || each.id === name)
  const unknown = data !== undefined && cluster === undefined
  return { cluster, error: unknown ? new Error('unknown cluster') : error }
}

'use client'

import { SkeletonRows } from '@fairlead/ui/skeleton'
import { FaultState } from './fault-state'

type UnansweredProps = {
  query: { readonly error: unknown; readonly isFetching: boolean; readonly refetch: () => unknown }
  /** What could not be shown: "Its timeline could not be shown." */
  what: string
  /** What is waited for: "Loading its timeline". */
  label: string
  rows: number
}

/** In place of a part of an object's page that has no answer yet, or got none. */
export function Unanswered({ query: { error, isFetching, refetch }, what, label, rows }: UnansweredProps) {
  if (error)
    return (
      <FaultState
        what={what}
        error={error}
        right="inventory.view"
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  return <SkeletonRows rows={rows} label={label} className="rounded-lg border border-line bg-surface" />
}

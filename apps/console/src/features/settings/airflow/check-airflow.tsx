'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from '../fault-line'

/** Step by step, as far as it comes. */
export function CheckAirflow({ connection, onClose }: { connection: string; onClose: () => void }) {
  const check = useQuery({
    ...useTRPC().airflow.check.queryOptions({ connection }),
    // What it says is of now, never of the last time.
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Check of ${connection}`}>
      <div className="flex flex-col gap-4">
        {check.data && !check.isFetching ? (
          <ol className="flex flex-col gap-2" aria-label="Steps">
            {check.data.steps.map(({ step, passed, message }) => (
              <li key={step} className="flex items-baseline gap-3 text-sm">
                <StatusMark tone={passed ? 'ok' : 'failing'} word={step} className="w-24 shrink-0" />
                <span className="min-w-0 text-pretty">{message}</span>
              </li>
            ))}
          </ol>
        ) : check.error && !check.isFetching ? (
          <FaultLine error={check.error} />
        ) : (
          <SkeletonRows label={`Checking ${connection}`} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => void check.refetch()} loading={check.isFetching}>
            Check again
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

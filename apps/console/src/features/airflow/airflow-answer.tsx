'use client'

import { sentences } from '@fairlead/contracts/sentences'
import { Button } from '@fairlead/ui/button'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { faultOf } from '@/live/fault'
import { FaultState } from '@/live/fault-state'

type Asked<T> = {
  data: T | undefined
  error: unknown
  isFetching: boolean
  dataUpdatedAt: number
  refetch: () => unknown
}
type AirflowAnswerProps<T> = {
  query: Asked<T>
  /** "The DAGs are not shown." */
  what: string
  right?: string
  loading: ReactNode
  children: (data: T) => ReactNode
}

/** What Airflow says; and when it says nothing, that, instead of what it said before. */
export function AirflowAnswer<T>({ query, what, right, loading, children }: AirflowAnswerProps<T>) {
  const { data, error } = query
  if (!error) return data === undefined ? loading : children(data)
  const retry = { onRetry: () => void query.refetch(), retrying: query.isFetching }
  if (faultOf(error).code === 'airflow_unreachable')
    return <Silent what={what} error={error} lastAt={query.dataUpdatedAt} {...retry} />
  return <FaultState what={what} error={error} right={right ?? 'project.view'} {...retry} />
}

type SilentProps = {
  what: string
  error: unknown
  /** Of its last answer to this page; 0: none. */
  lastAt: number
  onRetry: () => void
  retrying: boolean
}

function Silent({ what, error, lastAt, onRetry, retrying }: SilentProps) {
  const { message, detail } = faultOf(error)
  return (
    <div
      role="alert"
      className="flex flex-wrap items-start gap-3 rounded-lg border border-dashed border-line-strong bg-sunken p-4 text-sm"
    >
      <div className="min-w-0 flex-1 basis-72 space-y-1">
        <StatusMark
          tone="unknown"
          word="Airflow is silent"
          reason={
            lastAt === 0 ? undefined : (
              <>
                last heard here <RelativeTime at={lastAt} />
              </>
            )
          }
        />
        <p className="font-semibold">{what}</p>
        <p className="break-words">{sentences(message, detail.remedy)}</p>
        <p className="text-muted">
          What it said before may no longer be so, and is not shown as if it were. It is asked again by
          itself.
        </p>
      </div>
      <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry} loading={retrying}>
        Ask now
      </Button>
    </div>
  )
}

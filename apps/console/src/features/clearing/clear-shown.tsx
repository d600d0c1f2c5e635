import { cn } from '@fairlead/ui/cn'
import { Skeleton } from '@fairlead/ui/skeleton'
import type { ReactNode } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'

type ClearShownProps = {
  words: { loading: string; label: string }
  error: unknown
  /** Of another choice than the one that stands there now. */
  stale: boolean
  /** Null: not known yet. */
  shown: {
    headline: string
    /** What has to be known beside the list. */
    notes?: ReactNode
    rows: readonly { key: string; name: string; standing: ReactNode }[]
  } | null
}

/** Exactly what would be cleared. */
export function ClearShown({ words, error, stale, shown }: ClearShownProps) {
  if (error)
    return (
      <p role="alert" className="self-start rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
        <FaultText error={error} />
      </p>
    )
  if (shown === null)
    return (
      <div role="status" aria-label={words.loading} className="space-y-2">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-24" />
      </div>
    )
  const { headline, notes, rows } = shown
  return (
    <section aria-label={words.label} aria-busy={stale} className={cn('min-w-0', stale && 'grayscale')}>
      <p role="status" className="flex min-h-7 items-center text-sm font-medium">
        {headline}
      </p>
      {notes}
      {rows.length > 0 ? (
        <ul
          tabIndex={0}
          aria-label="Cleared"
          className="max-h-72 overflow-y-auto rounded-md border border-line"
        >
          {rows.map(({ key, name, standing }) => (
            <li
              key={key}
              className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-2.5 py-1.5 first:border-t-0"
            >
              <span className="min-w-0 font-mono text-xs break-all">{name}</span>
              {standing}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

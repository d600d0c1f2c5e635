import type { ReactNode } from 'react'
import { cn } from './cn'

export type KeyValueEntry = { key: string; value: ReactNode; mono?: boolean | undefined }
export type KeyValueProps = {
  entries: readonly KeyValueEntry[]
  /** `rows`: key beside value. `strip`: a line of small columns for a page's top. */
  layout?: 'rows' | 'strip' | undefined
  className?: string | undefined
}

export function KeyValue({ entries, layout = 'rows', className }: KeyValueProps) {
  const strip = layout === 'strip'
  return (
    <dl
      className={cn('text-sm', strip ? 'flex flex-wrap gap-x-8 gap-y-3' : 'divide-y divide-line', className)}
    >
      {entries.map((entry) => (
        <div
          key={entry.key}
          className={cn(
            'min-w-0',
            !strip && 'grid min-h-8 grid-cols-[minmax(4.5rem,30%)_minmax(0,1fr)] gap-3 py-1.5',
          )}
        >
          <dt className={cn('text-muted', strip && 'text-xs')}>{entry.key}</dt>
          <dd className={cn('min-w-0 break-words', entry.mono && 'font-mono text-xs leading-5')}>
            {entry.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

import { cn } from './cn'

export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <div
      aria-hidden
      className={cn('h-4 animate-pulse rounded-sm bg-line motion-reduce:animate-none', className)}
    />
  )
}

export type SkeletonRowsProps = {
  rows?: number | undefined
  label?: string | undefined
  className?: string | undefined
}

/** Rows the height of a table's, so that nothing jumps when the data comes. */
export function SkeletonRows({ rows = 8, label = 'Loading', className }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label} className={cn('divide-y divide-line', className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-[34px] items-center gap-4 px-3">
          <Skeleton className={row % 3 === 0 ? 'w-48' : row % 3 === 1 ? 'w-36' : 'w-56'} />
          <Skeleton className="w-20" />
          <Skeleton className="ml-auto w-12" />
        </div>
      ))}
    </div>
  )
}

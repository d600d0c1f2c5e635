import { cn } from '@fairlead/ui/cn'
import { Skeleton } from '@fairlead/ui/skeleton'

const widths = ['w-40', 'w-64', 'w-52', 'w-72', 'w-44', 'w-60'] as const

/** The outline of a card, so that what comes takes its place without a jump. */
export function CardSkeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden className={cn('space-y-3 rounded-lg border border-line bg-surface p-4', className)}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cn('h-3.5 max-w-full', widths[line % widths.length])} />
      ))}
    </div>
  )
}

import { Skeleton } from '@fairlead/ui/skeleton'

/** The fleet's own shape, so that nothing jumps when it comes. */
export function FleetSkeleton() {
  return (
    <div role="status" aria-label="Loading the fleet" className="flex flex-col gap-4">
      <div className="h-[86px] rounded-lg border border-line bg-surface" />
      <div className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(21rem,1fr))]">
        {['a', 'b', 'c'].map((card) => (
          <div key={card} className="flex h-56 flex-col gap-4 rounded-lg border border-line bg-surface p-4">
            <Skeleton className="w-40" />
            <Skeleton className="w-24" />
            <Skeleton className="mt-4 w-full" />
            <Skeleton className="w-full" />
            <Skeleton className="mt-auto w-52" />
          </div>
        ))}
      </div>
    </div>
  )
}

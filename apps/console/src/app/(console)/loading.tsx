import { Skeleton, SkeletonRows } from '@fairlead/ui/skeleton'

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-6 h-7 w-44" />
      <div className="rounded-lg border border-line bg-surface">
        <SkeletonRows rows={12} />
      </div>
    </>
  )
}

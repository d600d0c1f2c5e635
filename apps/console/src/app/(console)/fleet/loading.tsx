import { PageHeader } from '@fairlead/ui/page-header'
import { FleetSkeleton } from '@/features/fleet/fleet-skeleton'

export default function Loading() {
  return (
    <>
      <PageHeader title="Fleet" description="Every cluster you may see, desired beside actual." />
      <FleetSkeleton />
    </>
  )
}

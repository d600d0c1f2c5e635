import { ClipboardList } from 'lucide-react'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'

export const NoPlan = () => (
  <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-6 py-14 text-center text-sm text-muted">
    <ClipboardList aria-hidden className="size-6 text-faint" />
    <p className="text-base font-semibold text-fg">No plan yet</p>
    <p className="max-w-md text-pretty">
      A plan asks every cluster with a dry run what it would do: each object’s difference, what admission
      says, who owns fields, how many pods restart. Nothing is changed by it.
    </p>
  </div>
)

export const PlanSkeleton = () => (
  <div role="status" aria-label="Planning" className="space-y-3">
    <p className="text-sm text-muted">Asking the clusters what would change…</p>
    <CardSkeleton lines={6} />
    <CardSkeleton lines={1} />
  </div>
)

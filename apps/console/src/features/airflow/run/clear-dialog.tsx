'use client'

import { airflowState, type AirflowClearPlan, type DagRunDetail } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Dialog } from '@fairlead/ui/dialog'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { asked } from '../asked'
import { useAskAgain } from '../use-ask-again'
import { ClearPreview } from './clear-preview'
import { ClearTasks } from './clear-tasks'

type ClearDialogProps = {
  place: DagRunPlace
  detail: DagRunDetail
  /** Chosen at first; none: the whole run. */
  tasks?: readonly string[]
  onClose: () => void
}

/** The run may move while the dialog is open: what would be cleared is asked again. */
const lookAgainMs = 5_000

/** Shows Airflow's own dry run first; what is cleared then is that, or nothing. */
export function ClearDialog({ place, detail, tasks = [], onClose }: ClearDialogProps) {
  const [chosen, setChosen] = useState(tasks)
  const [downstream, setDownstream] = useState(true)
  const [onlyFailed, setOnlyFailed] = useState(
    tasks.length === 0 && airflowState(detail.run.state).tone === 'failing',
  )
  const wish = { ...place, tasks: [...chosen], downstream, onlyFailed }
  const plan = useQuery(
    useTRPC().airflow.planClear.queryOptions(wish, {
      ...asked(lookAgainMs),
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  const clear = useClear(place, onClose)
  const count = plan.data?.tasks.length ?? 0
  return (
    <Dialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      size="lg"
      title={`Clear tasks of ${place.run}`}
      description="What is cleared loses its outcome and runs again as soon as its upstream tasks allow; the run goes back to queued."
      footer={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button
            variant="primary"
            icon={<RotateCcw aria-hidden />}
            loading={clear.isPending}
            disabledReason={blockedBy(plan)}
            onClick={() => clear.mutate({ ...wish, expected: count })}
          >
            {count === 0 ? 'Clear' : `Clear ${count.toLocaleString('en')}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <ClearTasks instances={detail.tasks} chosen={chosen} onChosen={setChosen} />
          <Checkbox
            checked={downstream}
            onCheckedChange={setDownstream}
            label="Downstream tasks too"
            hint={
              chosen.length === 0
                ? 'The whole run is chosen: it holds them already.'
                : 'They were computed from what is about to change.'
            }
          />
          <Checkbox
            checked={onlyFailed}
            onCheckedChange={setOnlyFailed}
            label="Only what failed"
            hint="What succeeded is kept."
          />
        </div>
        <ClearPreview tasks={plan.data?.tasks} error={plan.error} stale={plan.isPlaceholderData} />
      </div>
      {clear.error ? (
        <p role="alert" className="mt-4 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <FaultText error={clear.error} />
        </p>
      ) : null}
    </Dialog>
  )
}

function useClear({ run }: DagRunPlace, onClose: () => void) {
  const askAgain = useAskAgain()
  return useMutation(
    useTRPC().airflow.clear.mutationOptions({
      onSuccess: ({ cleared }) => {
        askAgain()
        onClose()
        toast.success(`${cleared.toLocaleString('en')} cleared`, { description: run })
      },
    }),
  )
}

type PlanState = { data: AirflowClearPlan | undefined; isPlaceholderData: boolean; isError: boolean }

function blockedBy({ data, isPlaceholderData, isError }: PlanState): string | null {
  if (isError) return 'It is not known what would be cleared.'
  if (data === undefined || isPlaceholderData) return 'Airflow is being asked what would be cleared.'
  return data.tasks.length === 0 ? 'Nothing fits this choice, so nothing would be cleared.' : null
}

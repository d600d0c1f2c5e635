'use client'

import { airflowState, type AirflowClearPlan, type DagRunDetail } from '@fairlead/contracts/airflow'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { ClearFrame } from '@/features/clearing/clear-frame'
import { useClearChoice } from '@/features/clearing/use-clear-choice'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { asked } from '../asked'
import { useAskAgain } from '../use-ask-again'
import { ClearPreview } from './clear-preview'

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
  const choice = useClearChoice(tasks, airflowState(detail.run.state).tone === 'failing')
  const { chosen, downstream, onlyFailed } = choice
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
  const names = [...new Set(detail.tasks.map(({ task }) => task))]
  return (
    <ClearFrame
      words={{
        title: `Clear tasks of ${place.run}`,
        description:
          'What is cleared loses its outcome and runs again as soon as its upstream tasks allow; the run goes back to queued.',
        onlyFailed: 'What succeeded is kept.',
      }}
      choice={choice}
      tasks={names.map((id) => ({ id }))}
      preview={<ClearPreview tasks={plan.data?.tasks} error={plan.error} stale={plan.isPlaceholderData} />}
      count={count}
      blocked={blockedBy(plan)}
      clear={{
        isPending: clear.isPending,
        error: clear.error,
        run: () => clear.mutate({ ...wish, expected: count }),
      }}
      onClose={onClose}
    />
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

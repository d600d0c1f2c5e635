'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunView } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ClearFrame } from '@/features/clearing/clear-frame'
import { useClearChoice } from '@/features/clearing/use-clear-choice'
import { toast } from '@/features/shell/toast'
import { TaskStateMark } from '@/features/workflows/states'
import { useTRPC } from '@/live/trpc'
import { ClearPreview } from './clear-preview'
import { ClearVersion } from './clear-version'
import { useAskAgain } from './use-ask-again'

type ClearDialogProps = {
  run: RunView
  /** Chosen at first; none: the whole run. */
  tasks?: readonly string[]
  onClose: () => void
}

/** The run may move while the dialog is open: what would be reset is asked again. */
const lookAgainMs = 4_000

/** Chooses what is reset, and shows exactly that before anything happens. */
export function ClearDialog({ run, tasks = [], onClose }: ClearDialogProps) {
  const choice = useClearChoice(tasks, runStates[run.state].tone === 'failing')
  const { chosen, downstream, onlyFailed } = choice
  const [version, setVersion] = useState(run.version)
  const asked = {
    run: run.id as RunId,
    tasks: [...chosen],
    downstream,
    onlyFailed,
    ...(version === run.version ? {} : { version }),
  }
  const plan = useQuery(
    useTRPC().run.planClear.queryOptions(asked, {
      placeholderData: keepPreviousData,
      staleTime: 0,
      refetchInterval: lookAgainMs,
    }),
  )
  const clear = useClear(run, onClose)
  return (
    <ClearFrame
      words={{
        title: `Clear and re-run ${run.workflow} #${run.number}`,
        description:
          'What is reset loses its outcome and runs again as soon as its upstream tasks allow; everything else stays as it is.',
        onlyFailed: 'Failed, skipped for a failure, or cancelled; what succeeded is kept.',
      }}
      choice={choice}
      tasks={run.tasks.map(({ id, state }) => ({
        id,
        mark: <TaskStateMark state={state} className="text-xs" />,
      }))}
      more={<ClearVersion run={run} version={version} onVersion={setVersion} />}
      preview={<ClearPreview plan={plan.data} error={plan.error} stale={plan.isPlaceholderData} />}
      count={plan.data?.tasks.length ?? 0}
      blocked={blockedBy(plan)}
      clear={{ isPending: clear.isPending, error: clear.error, run: () => clear.mutate(asked) }}
      onClose={onClose}
    />
  )
}

function useClear(run: RunView, onClose: () => void) {
  const askAgain = useAskAgain()
  return useMutation(
    useTRPC().run.clear.mutationOptions({
      onSuccess: ({ cleared }) => {
        askAgain()
        onClose()
        toast.success(`${cleared.toLocaleString('en')} cleared`, {
          description: `${run.workflow} #${run.number}`,
        })
      },
    }),
  )
}

type PlanState = {
  data: { blocked: string | null; tasks: readonly unknown[] } | undefined
  isPlaceholderData: boolean
  isError: boolean
}

function blockedBy({ data, isPlaceholderData, isError }: PlanState): string | null {
  if (isError) return 'It is not known what would be reset.'
  if (data === undefined || isPlaceholderData) return 'What would be reset is being worked out.'
  if (data.blocked !== null) return data.blocked
  return data.tasks.length === 0 ? 'Nothing fits this choice, so nothing would be reset.' : null
}

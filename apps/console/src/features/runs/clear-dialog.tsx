'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunView } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Dialog } from '@fairlead/ui/dialog'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { ClearPreview } from './clear-preview'
import { ClearTasks } from './clear-tasks'
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
  const [chosen, setChosen] = useState(tasks)
  const [downstream, setDownstream] = useState(true)
  const [onlyFailed, setOnlyFailed] = useState(tasks.length === 0 && runStates[run.state].tone === 'failing')
  const [version, setVersion] = useState(run.version)
  const trpc = useTRPC()
  const asked = {
    run: run.id as RunId,
    tasks: [...chosen],
    downstream,
    onlyFailed,
    ...(version === run.version ? {} : { version }),
  }
  const plan = useQuery(
    trpc.run.planClear.queryOptions(asked, {
      placeholderData: keepPreviousData,
      staleTime: 0,
      refetchInterval: lookAgainMs,
    }),
  )
  const clear = useClear(run, onClose)
  const count = plan.data?.tasks.length ?? 0
  const confirm = () => clear.mutate(asked)
  return (
    <Dialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      size="lg"
      title={`Clear and re-run ${run.workflow} #${run.number}`}
      description="What is reset loses its outcome and runs again as soon as its upstream tasks allow; everything else stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button
            variant="primary"
            icon={<RotateCcw aria-hidden />}
            loading={clear.isPending}
            disabledReason={blockedBy(plan)}
            onClick={confirm}
          >
            {count === 0 ? 'Clear' : `Clear ${count.toLocaleString('en')}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <ClearTasks tasks={run.tasks} chosen={chosen} onChosen={setChosen} />
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
            hint="Failed, skipped for a failure, or cancelled; what succeeded is kept."
          />
          <ClearVersion run={run} version={version} onVersion={setVersion} />
        </div>
        <ClearPreview plan={plan.data} error={plan.error} stale={plan.isPlaceholderData} />
      </div>
      {clear.error ? (
        <p role="alert" className="mt-4 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <FaultText error={clear.error} />
        </p>
      ) : null}
    </Dialog>
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

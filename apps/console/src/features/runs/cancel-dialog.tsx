'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunView } from '@fairlead/contracts/workflow'
import { useMutation } from '@tanstack/react-query'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { useAskAgain } from './use-ask-again'

export function CancelDialog({ run, onClose }: { run: RunView; onClose: () => void }) {
  const askAgain = useAskAgain()
  const title = `${run.workflow} #${run.number}`
  const cancel = useMutation(
    useTRPC().run.cancel.mutationOptions({
      onSuccess: () => {
        askAgain()
        onClose()
        toast.success('Cancel requested', { description: title })
      },
    }),
  )
  const running = run.tally.running ?? 0
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Cancel ${title}`}
      description={`${runningText(running)} No other task begins. What has ended keeps its outcome, and the run can be cleared and run again later.`}
      confirmLabel="Cancel the run"
      tone="danger"
      example="It reads the wrong day."
      pending={cancel.isPending}
      error={cancel.error}
      onConfirm={(reason) => cancel.mutate({ run: run.id as RunId, reason })}
    />
  )
}

const runningText = (running: number): string =>
  running === 0
    ? 'No container runs now.'
    : `${running} running ${running === 1 ? 'container is' : 'containers are'} stopped.`

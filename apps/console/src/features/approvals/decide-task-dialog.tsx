'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import { useMutation } from '@tanstack/react-query'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { taskName } from '@/features/runs/task-name'
import { useAskAgain } from '@/features/runs/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import type { Decision } from './decision'

export type DecidedTask = Omit<TaskApprovalItem, 'requestedAt'>
type DecideTaskDialogProps = {
  item: DecidedTask
  decision: Decision
  /** What was on screen when the dialog opened: the one that is decided. */
  digest: string
  onClose: () => void
}

export function DecideTaskDialog({ item, decision, digest, onClose }: DecideTaskDialogProps) {
  const { run, task, index, approval } = item
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const rejects = decision === 'reject'
  const name = taskName(task, index)
  const done = {
    onSuccess: () => {
      askAgain()
      onClose()
      toast.success(rejects ? 'Rejected' : 'Approved', {
        description: `${name} of ${run.workflow} #${run.number}`,
      })
    },
  }
  const approve = useMutation(trpc.run.approve.mutationOptions(done))
  const reject = useMutation(trpc.run.reject.mutationOptions(done))
  const mutation = rejects ? reject : approve
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`${rejects ? 'Reject' : 'Approve'} ${name} of ${run.workflow} #${run.number}`}
      description={
        rejects
          ? 'The task fails, whoever else has approved; what depends on it settles by its trigger rules.'
          : approveText(approval.remaining, digest)
      }
      confirmLabel={rejects ? 'Reject' : 'Approve'}
      tone={rejects ? 'danger' : 'primary'}
      example={rejects ? 'The amounts do not match the ledger.' : 'Checked against the ledger.'}
      pending={mutation.isPending}
      error={mutation.error}
      onConfirm={(reason) => mutation.mutate({ run: run.id as RunId, task, index, digest, reason })}
    >
      {digest === approval.digest ? null : (
        <p role="alert" className="rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
          What is asked changed while this was open. Close it and look again before you decide.
        </p>
      )}
    </ReasonDialog>
  )
}

const approveText = (remaining: number, digest: string): string =>
  `${remaining <= 1 ? 'It goes on at once.' : `${remaining - 1} more must approve before it goes on.`} Your approval counts for exactly this version and these inputs (${digest.slice(0, 12)}).`

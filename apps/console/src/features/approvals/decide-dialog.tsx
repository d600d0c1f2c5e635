'use client'

import type { RolloutId } from '@fairlead/contracts/ids'
import { useMutation } from '@tanstack/react-query'
import { factsOf, plural } from '@/features/deploy/plan-facts'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import type { StagePlan } from '@fairlead/contracts/rollout'
import type { DecideProps, Decision } from './decision'

type DecideDialogProps = Omit<DecideProps, 'requirement'> & {
  decision: Decision
  /** The plan that was on screen when the dialog opened: the one that is decided. */
  digest: string
  onClose: () => void
}

export function DecideDialog({ rollout, stage, plan, decision, digest, onClose }: DecideDialogProps) {
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const rejects = decision === 'reject'
  const onSuccess = () => {
    askAgain()
    onClose()
    toast.success(rejects ? 'Rejected' : 'Approved', {
      description: `${rollout.application} #${rollout.number}, ${stage}`,
    })
  }
  const approve = useMutation(trpc.rollout.approve.mutationOptions({ onSuccess }))
  const reject = useMutation(trpc.rollout.reject.mutationOptions({ onSuccess }))
  const mutation = rejects ? reject : approve
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`${rejects ? 'Reject' : 'Approve'} ${rollout.application} #${rollout.number} for ${stage}`}
      description={
        rejects
          ? 'The rollout ends here; nothing of it is applied in this stage.'
          : `${summaryOf(plan)}. Your approval counts for this plan (${digest.slice(0, 12)}) and no other.`
      }
      confirmLabel={rejects ? 'Reject' : 'Approve'}
      tone={rejects ? 'danger' : 'primary'}
      example={rejects ? 'The migration has not run in production yet.' : 'Staging has been fine for a day.'}
      pending={mutation.isPending}
      error={mutation.error}
      onConfirm={(reason) =>
        mutation.mutate({ rollout: rollout.id as RolloutId, stage, planDigest: digest, reason })
      }
    >
      {digest === plan.digest ? null : (
        <p role="alert" className="rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
          The plan changed while this was open. Close it and look at the new plan before you decide.
        </p>
      )}
    </ReasonDialog>
  )
}

function summaryOf(plan: StagePlan): string {
  const facts = factsOf([plan])
  const parts = [
    facts.create ? `creates ${plural(facts.create, 'object')}` : null,
    facts.change ? `changes ${plural(facts.change, 'object')}` : null,
    facts.prune ? `deletes ${plural(facts.prune, 'object')}` : null,
    facts.unverifiable ? `has ${facts.unverifiable} that could not be tried` : null,
  ].filter((part) => part !== null)
  const objects = parts.length === 0 ? 'Changes nothing' : parts.join(', ')
  const restarts = facts.restarts > 0 ? `, restarts ${plural(facts.restarts, 'pod')}` : ''
  const text = `${objects}${restarts}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

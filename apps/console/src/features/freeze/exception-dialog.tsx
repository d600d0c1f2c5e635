'use client'

import type { ExceptionView } from '@fairlead/contracts/freeze'
import type { ExceptionId } from '@fairlead/contracts/ids'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { FaultText, ReasonDialog } from '@/features/rollouts/reason-dialog'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

export type ExceptionStep = 'confirm' | 'refuse' | 'withdraw' | 'review'
type ExceptionDialogProps = { exception: ExceptionView; step: ExceptionStep; onClose: () => void }

const said = { confirm: 'Confirmed', refuse: 'Refused', withdraw: 'Ended', review: 'Reviewed' } as const
const words = {
  confirm: {
    label: 'Confirm',
    example: 'I saw the alert; the fix was tried in staging.',
    text: 'What waits goes on at once. It ends by itself, and a third person reviews what was done with it.',
  },
  refuse: { label: 'Refuse', example: 'It can wait until Monday.', text: 'The window goes on to hold.' },
  review: {
    label: 'Reviewed',
    example: 'One rollout, the fix itself; nothing else was changed.',
    text: 'Say what was done with it and whether it was right. Neither of the two can do this.',
  },
} as const

/** One step of an exception, with the word that stands in the audit log. */
export function ExceptionDialog({ exception, step, onClose }: ExceptionDialogProps) {
  const trpc = useTRPC()
  const done = {
    onSuccess: () => {
      toast.success(said[step], { description: exception.about })
      onClose()
    },
  }
  const confirm = useMutation(trpc.exception.confirm.mutationOptions(done))
  const refuse = useMutation(trpc.exception.refuse.mutationOptions(done))
  const withdraw = useMutation(trpc.exception.withdraw.mutationOptions(done))
  const review = useMutation(trpc.exception.review.mutationOptions(done))
  const id = exception.id as ExceptionId
  const frame = { open: true, onOpenChange: (open: boolean) => (open ? undefined : onClose()) }
  if (step === 'withdraw')
    return (
      <ConfirmDialog
        {...frame}
        title={`End the exception for ${exception.about}?`}
        description="The windows hold again at once. If it was in force, it stays to be reviewed."
        confirmLabel="End it"
        pending={withdraw.isPending}
        error={withdraw.error ? <FaultText error={withdraw.error} /> : undefined}
        onConfirm={() => withdraw.mutate({ exception: id })}
      />
    )
  const asked = step === 'review' ? review : step === 'refuse' ? refuse : confirm
  const send = (text: string) =>
    step === 'review'
      ? review.mutate({ exception: id, note: text })
      : (step === 'refuse' ? refuse : confirm).mutate({ exception: id, reason: text })
  return (
    <ReasonDialog
      {...frame}
      title={`${words[step].label === 'Reviewed' ? 'Review' : words[step].label} the exception for ${exception.about}`}
      description={words[step].text}
      confirmLabel={words[step].label}
      tone={step === 'refuse' ? 'danger' : 'primary'}
      example={words[step].example}
      pending={asked.isPending}
      error={asked.error}
      onConfirm={send}
    >
      <p className="rounded-md bg-wait-soft px-3 py-2 text-sm break-words">
        {exception.requester} asked for {exception.minutes} minutes: {exception.reason}
      </p>
    </ReasonDialog>
  )
}

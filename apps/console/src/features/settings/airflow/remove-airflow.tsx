'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type RemoveAirflowProps = { connection: string; onClose: () => void; onRemoved: () => void }

export function RemoveAirflow({ connection, onClose, onRemoved }: RemoveAirflowProps) {
  const remove = useMutation(useTRPC().airflow.remove.mutationOptions())
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Remove ${connection}?`}
      description="Fairlead forgets its address and its password. Nothing in Airflow is touched."
      confirmLabel="Remove"
      typedName={connection}
      pending={remove.isPending}
      error={remove.error ? faultOf(remove.error).message : null}
      onConfirm={() =>
        remove.mutate(
          { connection, confirm: connection },
          {
            onSuccess: () => {
              toast.success(`${connection} is removed`)
              onRemoved()
              onClose()
            },
          },
        )
      }
    />
  )
}

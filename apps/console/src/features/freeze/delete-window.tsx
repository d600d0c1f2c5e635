'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

export function DeleteWindow({ name, onClose }: { name: string; onClose: () => void }) {
  const remove = useMutation(useTRPC().freeze.delete.mutationOptions())
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Delete ${name}?`}
      description="What waits for it goes on at once, unless another window keeps it closed."
      confirmLabel="Delete"
      typedName={name}
      pending={remove.isPending}
      error={remove.error ? faultOf(remove.error).message : null}
      onConfirm={() =>
        remove.mutate(
          { window: name },
          {
            onSuccess: () => {
              toast.success(`${name} is deleted`)
              onClose()
            },
          },
        )
      }
    />
  )
}

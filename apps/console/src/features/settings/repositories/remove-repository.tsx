'use client'

import type { RepositoryView } from '@fairlead/contracts/source'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type RemoveRepositoryProps = { repository: RepositoryView; onClose: () => void; onRemoved: () => void }

export function RemoveRepository({ repository, onClose, onRemoved }: RemoveRepositoryProps) {
  const { project, address } = repository
  const remove = useMutation(
    useTRPC().repository.remove.mutationOptions({
      onSuccess: () => {
        toast.success(`${project} has no login for it any more`, { description: address })
        onRemoved()
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Remove the login?"
      description={`Applications of ${project} read ${address} without one from now on. Releases stay as they are.`}
      confirmLabel="Remove"
      pending={remove.isPending}
      error={remove.error ? faultOf(remove.error).message : null}
      onConfirm={() => remove.mutate({ project, address })}
    />
  )
}

'use client'

import type { TokenView } from '@fairlead/contracts/identity'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { asToken } from './brand'

export function RevokeToken({ token, onClose }: { token: TokenView; onClose: () => void }) {
  const revoke = useMutation(useTRPC().token.revoke.mutationOptions())
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Revoke ${token.name}?`}
      description="It stops working at once and cannot be brought back: whatever uses it is refused from now on."
      confirmLabel="Revoke"
      pending={revoke.isPending}
      error={revoke.error ? faultOf(revoke.error).message : null}
      onConfirm={() =>
        revoke.mutate(
          { token: asToken(token.id) },
          {
            onSuccess: () => {
              toast.success(`${token.name} is revoked`)
              onClose()
            },
          },
        )
      }
    />
  )
}

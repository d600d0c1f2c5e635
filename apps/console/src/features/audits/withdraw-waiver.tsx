'use client'

import type { WaiverView } from '@fairlead/contracts/checks'
import { Button } from '@fairlead/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type WithdrawProps = { waiver: WaiverView; denied: string | null; onDone: () => void }

export function WithdrawWaiver({ waiver, denied, onDone }: WithdrawProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const withdraw = useMutation(
    trpc.check.withdraw.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.check.list.queryKey() })
        onDone()
        toast.success('Waiver withdrawn')
      },
      onError: (error) =>
        toast.error('The waiver was not withdrawn', { description: faultOf(error).message }),
    }),
  )
  return (
    <div>
      <Button
        disabledReason={denied}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ waiver: waiver.id })}
      >
        Withdraw the waiver
      </Button>
    </div>
  )
}

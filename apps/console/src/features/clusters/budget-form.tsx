'use client'

import { Button } from '@fairlead/ui/button'
import { Input } from '@fairlead/ui/input'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMayManageClusters } from '@/features/register-cluster/use-may-manage'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type BudgetFormProps = { cluster: { name: string }; budget: number }

/** What its owners are willing to carry: theirs to say. */
export function BudgetForm({ cluster, budget }: BudgetFormProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const denied = useMayManageClusters()
  const [text, setText] = useState(String(budget))
  const wanted = Number(text)
  const valid = text.trim() !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted <= 1_000
  const set = useMutation(
    trpc.cluster.setBudget.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.cluster.complexity.queryKey() })
        toast.success('Budget set', { description: `${cluster.name}: ${wanted}` })
      },
      onError: (error) => toast.error('The budget was not set', { description: faultOf(error).message }),
    }),
  )
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (valid) set.mutate({ cluster: cluster.name, budget: wanted })
      }}
    >
      <Input
        aria-label="Complexity budget"
        inputMode="numeric"
        className="w-20"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        size="sm"
        loading={set.isPending}
        disabledReason={denied ?? (valid ? undefined : 'A whole number from 0 to 1000')}
      >
        Set budget
      </Button>
    </form>
  )
}

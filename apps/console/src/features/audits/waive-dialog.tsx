'use client'

import { maxWaiverDays, readinessChecks, type FindingView } from '@fairlead/contracts/checks'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonDialog } from '@/features/rollouts/reason-dialog'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

type WaiveProps = { finding: FindingView; onClose: () => void; onDone: () => void }

/** A decision to live with it: whose, why, and until when. */
export function WaiveDialog({ finding, onClose, onDone }: WaiveProps) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [text, setText] = useState('30')
  const days = Number(text)
  const valid = Number.isInteger(days) && days >= 1 && days <= maxWaiverDays
  const { cluster, namespace, kind, name, check } = finding
  const waive = useMutation(
    trpc.check.waive.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.check.list.queryKey() })
        onDone()
        toast.success('Waived', { description: `${readinessChecks[check].title}, ${namespace}/${name}` })
      },
    }),
  )
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Waive ${readinessChecks[check].title.toLowerCase()} for ${name}`}
      description="The finding leaves the list until the waiver ends or is withdrawn. A workload of the same name keeps it."
      confirmLabel="Waive"
      tone="primary"
      example="A batch worker: nobody calls it, so nothing waits for it to be ready."
      pending={waive.isPending}
      error={waive.error}
      onConfirm={(reason) => {
        if (valid) waive.mutate({ cluster: cluster.id, namespace, kind, name, check, reason, days })
      }}
    >
      <Field
        label="Days"
        hint="Then it stands again."
        error={valid ? undefined : `A whole number from 1 to ${maxWaiverDays}.`}
      >
        <Input
          inputMode="numeric"
          className="w-24"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </ReasonDialog>
  )
}

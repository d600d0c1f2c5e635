'use client'

import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { AccessFields } from './access-fields'
import { accessOf, blankAccess, missingOf } from './access-form'
import { contextsIn } from './contexts-in'
import { Refusal } from './refusal'

type RotateDialogProps = { cluster: ClusterIdentity; open: boolean; onOpenChange: (open: boolean) => void }

export function RotateDialog({ cluster, open, onOpenChange }: RotateDialogProps) {
  const [form, setForm] = useState(blankAccess)
  const contexts = useMemo(() => contextsIn(form.kubeconfig), [form.kubeconfig])
  const context = form.context ?? contexts.current ?? contexts.names[0] ?? null
  const rotate = useMutation(
    useTRPC().cluster.rotate.mutationOptions({
      onSuccess: () => {
        setForm(blankAccess)
        onOpenChange(false)
        toast.success(`${cluster.name} has a new credential`, {
          description: 'Connections that are open move to it.',
        })
      },
    }),
  )
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Rotate the credential of ${cluster.name}`}
      description="The new one is checked first and must lead to the same cluster; then it replaces the old one."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            loading={rotate.isPending}
            disabledReason={missingOf(form)}
            onClick={() => rotate.mutate({ ...accessOf(form, context), cluster: cluster.name })}
          >
            Rotate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <AccessFields
          form={form}
          change={(changes) => setForm({ ...form, ...changes })}
          contexts={contexts.names}
          context={context}
        />
        {rotate.error ? <Refusal error={rotate.error} /> : null}
      </div>
    </Dialog>
  )
}

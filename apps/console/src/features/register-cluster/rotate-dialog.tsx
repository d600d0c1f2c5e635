'use client'

import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { KubeconfigField } from './kubeconfig-field'
import { Refusal } from './refusal'

type RotateDialogProps = { cluster: ClusterIdentity; open: boolean; onOpenChange: (open: boolean) => void }

export function RotateDialog({ cluster, open, onOpenChange }: RotateDialogProps) {
  const [kubeconfig, setKubeconfig] = useState('')
  const rotate = useMutation(
    useTRPC().cluster.rotate.mutationOptions({
      onSuccess: () => {
        setKubeconfig('')
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
            disabledReason={kubeconfig.trim() === '' ? 'Give the new kubeconfig first.' : null}
            onClick={() => rotate.mutate({ cluster: cluster.name, kubeconfig })}
          >
            Rotate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <KubeconfigField value={kubeconfig} onChange={setKubeconfig} />
        {rotate.error ? <Refusal error={rotate.error} /> : null}
      </div>
    </Dialog>
  )
}

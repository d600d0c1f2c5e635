'use client'

import type { ActAs } from '@fairlead/contracts/acting'
import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { Refusal } from './refusal'

type ActingDialogProps = {
  cluster: ClusterIdentity
  /** What it is to become. */
  actAs: ActAs
  open: boolean
  onOpenChange: (open: boolean) => void
}

const consequences: Record<ActAs, string> = {
  person:
    'The cluster is asked first, in your own name. From then on nobody can do more there than its own RBAC gives them: whoever has no role is refused.',
  fairlead:
    'From then on people can do there what their role in Fairlead and Fairlead’s own rights allow. A drain that is under way goes on in its requester’s name.',
}

/** Says what changes for everybody before it does. */
export function ActingDialog({ cluster, actAs, open, onOpenChange }: ActingDialogProps) {
  const who = actAs === 'person' ? 'the person' : 'Fairlead'
  const set = useMutation(
    useTRPC().cluster.setActing.mutationOptions({
      onSuccess: () => {
        onOpenChange(false)
        toast.success(`Fairlead acts in ${cluster.name} as ${who === 'Fairlead' ? 'itself' : who}`)
      },
    }),
  )
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        set.reset()
        onOpenChange(next)
      }}
      title={`Act as ${who} in ${cluster.name}?`}
      description={consequences[actAs]}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            loading={set.isPending}
            onClick={() => set.mutate({ cluster: cluster.name, actAs })}
          >
            Act as {who}
          </Button>
        </>
      }
    >
      {set.error ? <Refusal error={set.error} /> : null}
    </Dialog>
  )
}

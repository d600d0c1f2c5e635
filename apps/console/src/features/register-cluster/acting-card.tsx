'use client'

import type { ActAs } from '@fairlead/contracts/acting'
import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import { ActingCheck } from './acting-check'
import { ActingDialog } from './acting-dialog'
import { Refusal } from './refusal'
import { useMayManageClusters } from './use-may-manage'

const words: Record<ActAs, string> = {
  fairlead:
    'Fairlead itself. The cluster sees Fairlead’s own account; who asked stands in Fairlead’s audit log alone.',
  person:
    'The person. The cluster decides by its own RBAC what each may do, and its audit log names them. Watchers, rollouts and workflows go on as Fairlead itself.',
}

/** In whose name a cluster is asked for what people do by hand. */
export function ActingCard({ cluster, actAs }: { cluster: ClusterIdentity; actAs: ActAs }) {
  const client = useTRPCClient()
  const denied = useMayManageClusters()
  const [switching, setSwitching] = useState(false)
  const check = useMutation({
    mutationFn: () => client.cluster.acting.query({ cluster: cluster.name }, alone),
  })
  const other: ActAs = actAs === 'person' ? 'fairlead' : 'person'
  return (
    <Card
      title="Act as"
      description="In whose name hands, shells, logs, YAML and custom objects are asked of this cluster."
      actions={
        <>
          <Button size="sm" loading={check.isPending} disabledReason={denied} onClick={() => check.mutate()}>
            Check rights
          </Button>
          <Button size="sm" disabledReason={denied} onClick={() => setSwitching(true)}>
            {other === 'person' ? 'Act as the person' : 'Act as Fairlead'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-sm text-pretty">{words[actAs]}</p>
        {check.error ? <Refusal error={check.error} /> : null}
        {check.data ? <ActingCheck view={check.data} /> : null}
      </div>
      <ActingDialog cluster={cluster} actAs={other} open={switching} onOpenChange={setSwitching} />
    </Card>
  )
}

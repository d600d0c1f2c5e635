'use client'

import type { ClusterCard, ClusterDetail } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import { CheckSteps } from './check-steps'
import { Refusal } from './refusal'
import { RotateDialog } from './rotate-dialog'
import { useMayManageClusters } from './use-may-manage'

type CredentialCardProps = { cluster: ClusterCard; credential: ClusterDetail['credential'] }

export function CredentialCard({ cluster, credential }: CredentialCardProps) {
  const client = useTRPCClient()
  const denied = useMayManageClusters()
  const [rotating, setRotating] = useState(false)
  const check = useMutation({
    mutationFn: () => client.cluster.check.query({ cluster: cluster.name }, alone),
  })
  return (
    <Card
      title="Credential"
      description="Kept encrypted; only the watcher and the workers open it."
      actions={
        <>
          <Button size="sm" loading={check.isPending} disabledReason={denied} onClick={() => check.mutate()}>
            Check connection
          </Button>
          <Button size="sm" disabledReason={denied} onClick={() => setRotating(true)}>
            Rotate
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <KeyValue
          entries={[
            { key: 'Kind', value: credential?.kind ?? 'none' },
            { key: 'Version', value: credential ? String(credential.version) : '–' },
            { key: 'Since', value: credential ? <RelativeTime at={credential.rotatedAt} /> : '–' },
            { key: 'API server', value: cluster.server, mono: true },
          ]}
        />
        {check.error ? <Refusal error={check.error} /> : null}
        {check.data ? <CheckSteps check={check.data} /> : null}
      </div>
      <RotateDialog cluster={cluster} open={rotating} onOpenChange={setRotating} />
    </Card>
  )
}

'use client'

import type { ClusterDetail } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { useState } from 'react'
import { ActingCard } from '@/features/register-cluster/acting-card'
import { CredentialCard } from '@/features/register-cluster/credential-card'
import { NamespacesCard } from '@/features/register-cluster/namespaces-card'
import { RemoveCluster } from '@/features/register-cluster/remove-cluster'
import { useMayManageClusters } from '@/features/register-cluster/use-may-manage'

export default function ClusterSettings({ detail }: { detail: ClusterDetail }) {
  const [removing, setRemoving] = useState(false)
  const denied = useMayManageClusters()
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <CredentialCard cluster={detail.cluster} credential={detail.credential} />
      <ActingCard cluster={detail.cluster} actAs={detail.actAs} />
      <NamespacesCard detail={detail} />
      <Card
        title="Remove from Fairlead"
        description="Fairlead forgets its inventory and credential. Nothing in the cluster changes; its workloads go on."
        actions={
          <Button size="sm" variant="danger" disabledReason={denied} onClick={() => setRemoving(true)}>
            Remove
          </Button>
        }
      />
      <RemoveCluster cluster={detail.cluster} open={removing} onOpenChange={setRemoving} />
    </div>
  )
}

'use client'

import type { EksHint } from '@fairlead/contracts/cluster-access'
import { Button } from '@fairlead/ui/button'
import { KeyValue } from '@fairlead/ui/key-value'

type EksOfferProps = { hint: EksHint; onTake: () => void }

/** A kubeconfig that would run `aws` is not run: what it means is offered, filled in. */
export function EksOffer({ hint, onTake }: EksOfferProps) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-pretty">
        This kubeconfig would run a program of AWS to sign in, which Fairlead never does. It means an EKS
        cluster, to which Fairlead can sign in by itself:
      </p>
      <KeyValue
        entries={[
          { key: 'EKS cluster', value: hint.cluster, mono: true },
          { key: 'Region', value: hint.region, mono: true },
          { key: 'Role', value: hint.roleArn ?? 'none', mono: true },
        ]}
      />
      <Button variant="primary" className="self-start" onClick={onTake}>
        Register as EKS
      </Button>
    </div>
  )
}

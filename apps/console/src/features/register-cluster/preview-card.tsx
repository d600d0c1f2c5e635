'use client'

import type { EksHint } from '@fairlead/contracts/cluster-access'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { KeyValue } from '@fairlead/ui/key-value'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import type { ApiOutputs } from '@/live/trpc'
import { CheckSteps } from './check-steps'
import { EksOffer } from './eks-offer'
import { Refusal } from './refusal'

type PreviewCardProps = {
  preview: ApiOutputs['cluster']['preview'] | undefined
  previewing: boolean
  error: unknown
  registering: boolean
  name: string
  onRegister: () => void
  onEks: (hint: EksHint) => void
}

/** What Fairlead finds when it connects, before anything is stored. */
export function PreviewCard(props: PreviewCardProps) {
  const { preview, previewing, error, registering, name, onRegister, onEks } = props
  return (
    <Card title="What Fairlead finds" description="Nothing is stored until you register.">
      <div className="flex flex-col gap-4" aria-live="polite">
        {error ? <Refusal error={error} /> : null}
        {previewing ? <SkeletonRows rows={7} label="Checking the connection" /> : null}
        {preview?.eks ? (
          <EksOffer hint={preview.eks} onTake={() => preview.eks && onEks(preview.eks)} />
        ) : null}
        {preview && !preview.eks ? (
          <>
            <CheckSteps check={preview} />
            <KeyValue
              entries={[
                { key: 'API server', value: preview.server, mono: true },
                { key: 'Kubernetes', value: preview.version ?? 'unknown', mono: true },
                { key: 'Cluster identity', value: preview.uid ?? 'unknown', mono: true },
              ]}
            />
            <Button
              variant="primary"
              className="self-start"
              loading={registering}
              disabledReason={
                preview.passed ? null : 'The check did not pass: see the step that failed above.'
              }
              onClick={onRegister}
            >
              Register {name}
            </Button>
          </>
        ) : null}
        {!preview && !previewing && !error ? (
          <p className="text-sm text-pretty text-muted">
            The check goes the whole way: address, connection, encryption, sign-in, version, identity and
            rights. Use a credential of its own for Fairlead, not an administrator’s: the manifest with the
            rights it needs ships in <code className="font-mono text-xs">infra/rbac</code>.
          </p>
        ) : null}
      </div>
    </Card>
  )
}

'use client'

import type { StageSummary } from '@fairlead/contracts/application'
import { Button } from '@fairlead/ui/button'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Kbd } from '@fairlead/ui/kbd'
import { Select } from '@fairlead/ui/select'
import { ClipboardList, Rocket } from 'lucide-react'
import type { Deploying } from './use-deploy'

const allStages = 'all'

type TargetFieldsProps = {
  stages: readonly StageSummary[]
  to: string | null
  onTo: (stage: string | null) => void
  reason: string
  onReason: (reason: string) => void
}

/** How far the release goes, and why. */
export function TargetFields({ stages, to, onTo, reason, onReason }: TargetFieldsProps) {
  return (
    <div className="mt-4 grid gap-3 border-t border-line pt-4 sm:grid-cols-2">
      <Field label="Up to stage">
        <Select
          options={[
            { value: allStages, label: `All stages (${stages.length})` },
            ...stages.map((stage, index) => ({
              value: stage.name,
              label: index === 0 ? `${stage.name} only` : `up to ${stage.name}`,
            })),
          ]}
          value={to ?? allStages}
          onValueChange={(value) => onTo(value === allStages ? null : value)}
        />
      </Field>
      <Field label="Reason" optional>
        <Input
          maxLength={500}
          placeholder="Fixes the basket total"
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      </Field>
    </div>
  )
}

type DeployButtonsProps = Omit<Deploying, 'confirm'> & { command: string | undefined }

export function DeployButtons(props: DeployButtonsProps) {
  const { plan, deploy, outdated, whyNoPlan, whyNoRequest, command } = props
  return (
    <>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button
          variant={plan.data && !outdated ? 'secondary' : 'primary'}
          icon={<ClipboardList aria-hidden />}
          loading={plan.isPending}
          disabledReason={whyNoPlan}
          onClick={plan.run}
        >
          {plan.data ? 'Plan again' : 'Plan'}
        </Button>
        <Button
          variant={plan.data && !outdated ? 'primary' : 'secondary'}
          icon={<Rocket aria-hidden />}
          loading={deploy.isPending}
          disabledReason={whyNoRequest}
          onClick={deploy.run}
        >
          Request deploy
        </Button>
        <span className="ml-auto flex items-center gap-2 text-xs text-faint max-sm:hidden">
          <Kbd keys="mod+enter" />
          <CopyAsMenu fairlead={command} />
        </span>
      </div>
      {whyNoRequest !== null && plan.data ? <p className="mt-2 text-xs text-muted">{whyNoRequest}</p> : null}
    </>
  )
}

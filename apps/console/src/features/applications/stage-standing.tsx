import type { StageSummary } from '@fairlead/contracts/application'
import { driftStates } from '@fairlead/contracts/drift-states'
import { Badge } from '@fairlead/ui/badge'
import { StatusMark } from '@fairlead/ui/status-mark'
import { Hand, ShieldAlert } from 'lucide-react'
import { RolloutWord } from '@/features/rollouts/states'
import { movingIn } from './moving'

/** How a stage stands in one mark: what moves there now, else that the verified release is there, else nothing. */
export function StageStanding({ stage, className }: { stage: StageSummary; className?: string }) {
  const current = movingIn(stage)
  if (current) return <RolloutWord state={current.state} {...(className ? { className } : {})} />
  if (stage.verified && stage.drift?.state === 'drifted')
    return (
      <StatusMark tone="progress" word={driftStates.drifted.word} {...(className ? { className } : {})} />
    )
  return stage.verified ? (
    <StatusMark tone="ok" word="Verified" {...(className ? { className } : {})} />
  ) : (
    <StatusMark tone="neutral" word="Never deployed" {...(className ? { className } : {})} />
  )
}

export const ProductionMark = () => (
  <ShieldAlert aria-label="production" className="size-3.5 shrink-0 text-fail" />
)

/** Automation stays away from a held stage until a person or a newer release lifts the hold. */
export function HoldBadge({ hold }: { hold: NonNullable<StageSummary['hold']> }) {
  return (
    <Badge tone="progress" icon={<Hand aria-hidden />} title={hold.reason}>
      held
    </Badge>
  )
}

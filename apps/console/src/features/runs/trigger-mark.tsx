import { runTriggers, type RunTrigger } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { CalendarClock, Hand, History, Rocket, Workflow } from 'lucide-react'

const icons = {
  manual: Hand,
  schedule: CalendarClock,
  backfill: History,
  workflow: Workflow,
  rollout: Rocket,
} satisfies Record<RunTrigger, typeof Hand>

type TriggerMarkProps = { trigger: RunTrigger; requester: string; className?: string }

/** What began a run, and who; a schedule has nobody behind it. */
export function TriggerMark({ trigger, requester, className }: TriggerMarkProps) {
  const Icon = icons[trigger]
  const word = runTriggers[trigger]
  const who = trigger === 'schedule' ? null : requester
  return (
    <span
      title={who === null ? word : `${word}, ${who}`}
      className={cn('inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle text-xs', className)}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
      <span className="truncate">
        {word}
        {who === null ? null : <span className="text-muted">, {who}</span>}
      </span>
    </span>
  )
}

import { stageStates } from '@fairlead/contracts/rollout-states'
import type { RolloutSummary } from '@fairlead/contracts/rollout'
import { cn } from '@fairlead/ui/cn'
import { StatusMark } from '@fairlead/ui/status-mark'
import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'

/** The stages of a rollout in one line: `staging ✓ › production ⧗`. */
export function StageTrail({ stages, className }: { stages: RolloutSummary['stages']; className?: string }) {
  return (
    <span className={cn('flex min-w-0 items-center gap-1', className)}>
      {stages.map((stage, index) => {
        const { tone, word } = stageStates[stage.state]
        return (
          <Fragment key={stage.name}>
            {index > 0 ? <ChevronRight aria-hidden className="size-3 shrink-0 text-faint" /> : null}
            <span
              title={[`${stage.name}: ${word}`, stage.reason].filter(Boolean).join('\n')}
              className="min-w-0"
            >
              <StatusMark tone={tone} word={stage.name} className="text-xs" />
              <span className="sr-only">: {word}</span>
            </span>
          </Fragment>
        )
      })}
    </span>
  )
}

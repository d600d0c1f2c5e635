import type { RunSummary } from '@fairlead/contracts/workflow'
import { cn } from '@fairlead/ui/cn'
import { toneFill } from '@fairlead/ui/tone'
import { Tooltip } from '@fairlead/ui/tooltip'
import { tallyOf, tallyText } from './tally'

type TallyBarProps = { tally: RunSummary['tally']; className?: string | undefined }

/** How the tasks of a run stand, to scale: `4/6` and a bar whose parts are told in words. */
export function TallyBar({ tally, className }: TallyBarProps) {
  const whole = tallyOf(tally)
  const { parts, total, done } = whole
  const said = tallyText(whole)
  let start = 0
  return (
    <Tooltip content={said}>
      <span className={cn('flex min-w-0 items-center gap-2 text-xs', className)}>
        <svg role="img" aria-label={said} width="100%" height="6" className="block min-w-8 flex-1">
          <rect width="100%" height="6" rx="1" className="fill-line" />
          {parts.map((part) => {
            const x = `${(start / total) * 100}%`
            start += part.count
            return (
              <rect
                key={part.word}
                x={x}
                width={`${(part.count / total) * 100}%`}
                height="6"
                strokeWidth="1"
                className={cn(
                  'stroke-surface',
                  part.tone === 'neutral' && part.word === 'Waiting'
                    ? 'fill-line-strong'
                    : toneFill({ tone: part.tone }),
                )}
              />
            )
          })}
        </svg>
        <span className="min-w-8 shrink-0 text-right whitespace-nowrap text-muted">
          {done.toLocaleString('en')}/{total.toLocaleString('en')}
        </span>
      </span>
    </Tooltip>
  )
}

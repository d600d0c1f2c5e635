import type { ReactNode } from 'react'
import { AppLink } from './app-link'
import { cn } from './cn'
import { StatusMark } from './status-mark'
import type { Tone } from './tone'

export type StepperStage = {
  id: string
  name: string
  tone: Tone
  word: string
  /** The release there: tag, digest or revision. */
  release?: ReactNode
  reason?: ReactNode
  /** Targets, progress, buttons. */
  children?: ReactNode
  current?: boolean | undefined
  /** Makes the whole column a link; its own links and buttons stay on top. */
  href?: string | undefined
}
export type StepperProps = { label: string; stages: readonly StepperStage[]; className?: string | undefined }

/** Stages side by side, in the order a release passes them; they stack on a phone. */
export function Stepper({ label, stages, className }: StepperProps) {
  return (
    <ol
      aria-label={label}
      className={cn(
        'grid auto-cols-[minmax(11rem,1fr)] overflow-x-auto rounded-lg border border-line bg-surface max-sm:divide-y sm:grid-flow-col sm:divide-x',
        className,
      )}
    >
      {stages.map((stage) => (
        <li
          key={stage.id}
          className={cn(
            'relative flex min-w-0 flex-col gap-1.5 border-line p-3',
            stage.current && 'bg-accent-soft/50',
            stage.href && !stage.current && 'transition-colors hover:bg-hover',
          )}
          {...(stage.current ? { 'aria-current': 'step' as const } : {})}
        >
          <div className="flex items-center justify-between gap-2">
            {stage.href ? (
              <AppLink
                href={stage.href}
                className="truncate text-sm font-semibold after:absolute after:inset-0 after:content-['']"
              >
                {stage.name}
              </AppLink>
            ) : (
              <span className="truncate text-sm font-semibold">{stage.name}</span>
            )}
            <StatusMark tone={stage.tone} word={stage.word} className="text-xs" />
          </div>
          {stage.release ? (
            <div className="truncate font-mono text-xs text-muted">{stage.release}</div>
          ) : null}
          {stage.reason ? <div className="text-xs text-muted">{stage.reason}</div> : null}
          {stage.children ? <div className="min-w-0 [&_:is(a,button)]:relative">{stage.children}</div> : null}
        </li>
      ))}
    </ol>
  )
}

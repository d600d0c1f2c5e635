import {
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CircleMinus,
  CirclePause,
  CircleX,
  Hourglass,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { toneSoft, toneText, toneWord, type Tone } from './tone'

export type StatusMarkProps = {
  tone: Tone
  /** The state's own word, e.g. "Converging"; the tone's word if left out. */
  word?: string | undefined
  /** Why: shown beside the word, muted. */
  reason?: ReactNode
  variant?: 'plain' | 'pill' | undefined
  /** The state's own shape, where several states share a tone. */
  icon?: LucideIcon | undefined
  className?: string | undefined
}

const icons = {
  ok: CircleCheck,
  progress: CircleDotDashed,
  failing: CircleX,
  unknown: CircleDashed,
  neutral: CircleMinus,
  waiting: Hourglass,
  paused: CirclePause,
} satisfies Record<Tone, typeof CircleCheck>

/** Icon, word and colour together, so that no state is told by colour alone. */
export function StatusMark(props: StatusMarkProps) {
  const { tone, word, reason, variant = 'plain', className } = props
  const Icon = props.icon ?? icons[tone]
  return (
    <span
      data-tone={tone}
      className={cn(
        'inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle text-sm',
        variant === 'pill'
          ? cn('h-6 rounded-md px-2 text-xs font-medium', toneSoft({ tone }))
          : toneText({ tone }),
        className,
      )}
    >
      <Icon
        aria-hidden
        className={cn('size-3.5 shrink-0', tone === 'progress' && 'animate-[spin_3s_linear_infinite]')}
      />
      <span className={reason ? 'shrink-0' : 'truncate'}>{word ?? toneWord[tone]}</span>
      {reason ? <span className="truncate font-normal text-muted">{reason}</span> : null}
    </span>
  )
}

import type { ReactNode } from 'react'
import { cn } from './cn'
import { toneSoft, type Tone } from './tone'

export type BadgeProps = {
  children: ReactNode
  tone?: Tone | 'accent' | undefined
  icon?: ReactNode
  mono?: boolean | undefined
  title?: string | undefined
  className?: string | undefined
}

/** A short label. For a state use StatusMark, which never speaks by colour alone. */
export function Badge({ children, tone, icon, mono, title, className }: BadgeProps) {
  const colour =
    tone === undefined
      ? 'border-line text-muted'
      : tone === 'accent'
        ? 'border-transparent bg-accent-soft text-accent-text'
        : cn('border-transparent', toneSoft({ tone }))
  return (
    <span
      title={title}
      className={cn(
        'inline-flex h-5 max-w-full items-center gap-1 align-middle rounded-sm border px-1.5 text-xs whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
        mono && 'font-mono text-2xs',
        colour,
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}

import type { ReactNode } from 'react'
import { cn } from './cn'

export type CardProps = {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  /** Greys the content of something not seen lately; the text stays readable. */
  stale?: boolean | undefined
  /** No inner padding, for a table or a list that reaches the edges. */
  flush?: boolean | undefined
  className?: string | undefined
}

export function Card(props: CardProps) {
  const { title, description, actions, children, footer, stale, flush, className } = props
  return (
    <section
      className={cn(
        'flex min-w-0 flex-col rounded-lg border border-line bg-surface',
        stale && 'border-dashed border-line-strong bg-sunken grayscale',
        className,
      )}
    >
      {title || actions ? (
        <header className={cn('flex min-h-11 items-center gap-3 px-4 py-2', flush && 'border-b border-line')}>
          <div className="min-w-0 flex-1">
            {title ? <h2 className="truncate text-sm font-semibold">{title}</h2> : null}
            {description ? <p className="text-xs text-muted">{description}</p> : null}
          </div>
          {actions ? <div className="flex shrink-0 items-center gap-1">{actions}</div> : null}
        </header>
      ) : null}
      {children ? (
        <div className={cn('min-w-0 flex-1', !flush && 'px-4 pb-4', !flush && !title && !actions && 'pt-4')}>
          {children}
        </div>
      ) : null}
      {footer ? (
        <footer className="border-t border-line px-4 py-2 text-xs text-muted">{footer}</footer>
      ) : null}
    </section>
  )
}

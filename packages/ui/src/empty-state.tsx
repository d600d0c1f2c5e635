import type { ReactNode } from 'react'
import { CodeBlock } from './code-block'
import { cn } from './cn'

export type EmptyStateProps = {
  title: string
  /** Teaches the next step. */
  children?: ReactNode
  /** The command that takes it. */
  command?: string | undefined
  action?: ReactNode
  icon?: ReactNode
  className?: string | undefined
}

export function EmptyState({ title, children, command, action, icon, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'mx-auto flex w-full max-w-xl flex-col items-center gap-3 px-4 py-14 text-center text-sm text-muted [&>svg]:size-6 [&>svg]:text-faint',
        className,
      )}
    >
      {icon}
      <div>
        <p className="text-base font-semibold text-fg">{title}</p>
        {children ? <div className="mt-1 text-pretty">{children}</div> : null}
      </div>
      {command ? <CodeBlock code={command} prompt className="w-full" /> : null}
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}

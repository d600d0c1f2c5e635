import { AlertTriangle, Clock, Info, ShieldOff, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@fairlead/ui/cn'

const looks: Record<'error' | 'wait' | 'denied' | 'info', { icon: LucideIcon; className: string }> = {
  error: { icon: AlertTriangle, className: 'bg-fail-soft text-fail' },
  wait: { icon: Clock, className: 'bg-wait-soft text-wait' },
  denied: { icon: ShieldOff, className: 'bg-fail-soft text-fail' },
  info: { icon: Info, className: 'bg-sunken text-muted' },
}

type NoticeProps = { kind: keyof typeof looks; title: string; children?: ReactNode }

/** What went wrong and what to do, read aloud when it appears. */
export function Notice({ kind, title, children }: NoticeProps) {
  const { icon: Icon, className } = looks[kind]
  return (
    <div role="alert" className={cn('flex gap-2.5 rounded-md px-3 py-2.5', className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {children ? <div className="mt-0.5 text-fg">{children}</div> : null}
      </div>
    </div>
  )
}

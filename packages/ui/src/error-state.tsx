'use client'

import { CircleX, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'

export type ErrorStateProps = {
  /** What failed, in a sentence. */
  what: string
  /** Where: cluster, object, address. */
  where?: ReactNode
  /** What to do about it. */
  remedy?: ReactNode
  /** The closed error code or request id, to quote to someone. */
  code?: string | undefined
  onRetry?: (() => void) | undefined
  retrying?: boolean | undefined
  className?: string | undefined
}

export function ErrorState({ what, where, remedy, code, onRetry, retrying, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn('flex items-start gap-3 rounded-lg border border-line bg-surface p-4 text-sm', className)}
    >
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
      <div className="min-w-0 flex-1 space-y-1">
        <p className="font-semibold">{what}</p>
        {where ? <p className="break-words text-muted">{where}</p> : null}
        {remedy ? <p>{remedy}</p> : null}
        {code ? <p className="font-mono text-xs text-faint">{code}</p> : null}
      </div>
      {onRetry ? (
        <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry} loading={retrying}>
          Retry
        </Button>
      ) : null}
    </div>
  )
}

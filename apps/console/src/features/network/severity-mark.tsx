import { findingSeverities, type FindingSeverity } from '@fairlead/contracts/network-findings'
import { StatusMark } from '@fairlead/ui/status-mark'
import { CircleHelp, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export const severityIcons = { error: CircleX, warning: TriangleAlert, notice: Info } as const

/** Filters name what has nothing to say too. */
export const standings = ['error', 'warning', 'notice', 'fine'] as const
export type Standing = (typeof standings)[number]
export const standingWords: Readonly<Record<Standing, string>> = {
  error: findingSeverities.error.word,
  warning: findingSeverities.warning.word,
  notice: findingSeverities.notice.word,
  fine: 'Nothing found',
}

type SeverityMarkProps = {
  severity: FindingSeverity | null
  reason?: ReactNode
  /** Its cluster has not been heard lately: what was fine may not be. */
  stale?: boolean | undefined
  variant?: 'plain' | 'pill' | undefined
}

export function SeverityMark({ severity, reason, stale, variant }: SeverityMarkProps) {
  if (severity === null)
    return stale ? (
      <StatusMark tone="unknown" icon={CircleHelp} word="Not known" variant={variant} />
    ) : (
      <StatusMark tone="ok" word={standingWords.fine} variant={variant} />
    )
  const tone = stale ? 'unknown' : findingSeverities[severity].tone
  return (
    <StatusMark
      tone={tone}
      icon={severityIcons[severity]}
      word={findingSeverities[severity].word}
      reason={reason}
      variant={variant}
    />
  )
}

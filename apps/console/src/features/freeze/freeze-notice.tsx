'use client'

import { closedByWords, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { CalendarClock, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { timeIn } from './freeze-words'
import { useZone } from './use-zone'

type FreezeNoticeProps = {
  answer: FreezeAnswer | null | undefined
  /** What becomes of what is about to be asked for: "The rollout waits", "It is refused". */
  meanwhile: string
  ask: string
  className?: string
}

/** Said before anybody acts: a window is closed, until when, and how one acts all the same; or that two people opened it. */
export function FreezeNotice({ answer, meanwhile, ask, className }: FreezeNoticeProps) {
  const zone = useZone()
  if (!answer) return null
  if (answer.open) {
    const { heldOpen } = answer
    if (heldOpen === null) return null
    return (
      <Notice tone="fail" className={className} icon={<ShieldAlert aria-hidden />}>
        <strong>Frozen by {closedByWords(heldOpen.closedBy)}, and held open by an exception.</strong>{' '}
        {heldOpen.requester} asked, {heldOpen.confirmer} confirmed: {heldOpen.reason}. It ends{' '}
        <RelativeTime at={heldOpen.expiresAt} />.
      </Notice>
    )
  }
  return (
    <Notice tone="wait" className={className} icon={<CalendarClock aria-hidden />}>
      <strong>Frozen: {closedByWords(answer.closedBy)}.</strong> {meanwhile}.{' '}
      {answer.opensAt === null ? (
        answer.opensBecause
      ) : (
        <span suppressHydrationWarning>
          It opens {timeIn(zone, answer.opensAt)} ({zone}): {answer.opensBecause}
        </span>
      )}{' '}
      <TextLink href={ask}>Ask for an exception</TextLink>, which a second person confirms.
    </Notice>
  )
}

const looks = {
  wait: 'border-wait-solid/40 bg-wait-soft [&>svg]:text-wait',
  fail: 'border-fail-solid/50 bg-fail-soft [&>svg]:text-fail',
} as const

type NoticeProps = {
  tone: keyof typeof looks
  icon: ReactNode
  children: ReactNode
  className?: string | undefined
}

const Notice = ({ tone, icon, children, className }: NoticeProps) => (
  <div
    role="status"
    className={cn(
      'flex items-start gap-2 rounded-md border px-3 py-2 text-sm text-fg [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0',
      looks[tone],
      className,
    )}
  >
    {icon}
    <p className="min-w-0 break-words">{children}</p>
  </div>
)

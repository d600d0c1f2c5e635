'use client'

import type { ApprovalRequirement } from '@fairlead/contracts/rollout'
import { Avatar } from '@fairlead/ui/avatar'
import { Badge } from '@fairlead/ui/badge'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { exactText, relativeText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'
import { History, LockKeyhole, ThumbsDown, ThumbsUp } from 'lucide-react'

type ApprovalPanelProps = {
  requirement: ApprovalRequirement
  requester: string
  /** Decided already: what is still needed no longer matters. */
  closed?: boolean
  className?: string
}

/** What an approval needs, what it has, what of that no longer counts, and until when it may be given. */
export function ApprovalPanel({ requirement, requester, closed, className }: ApprovalPanelProps) {
  const { quorum, roles, excludeRequester, given, remaining } = requirement
  const stale = given.some((approval) => approval.stale)
  return (
    <div className={cn('space-y-2.5 text-sm', className)}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {remaining === 0 || closed
            ? `${quorum - remaining} of ${quorum} approvals`
            : `${quorum - remaining} of ${quorum} approvals, ${remaining} still needed`}
        </span>
        <span className="text-xs text-muted">
          by {roles.join(' or ')}
          {excludeRequester ? `, not ${requester}, who asked` : ''}
        </span>
        {requirement.expiresAt && !closed ? <Expiry at={requirement.expiresAt} /> : null}
      </div>
      {given.length > 0 ? (
        <ul className="space-y-2">
          {given.map((approval) => (
            <li key={`${approval.user}${approval.at}`} className="flex items-start gap-2">
              <Avatar name={approval.user} size="sm" />
              <div className={cn('min-w-0 flex-1', approval.stale && 'text-muted')}>
                <div className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium">{approval.user}</span>
                  <Decision decision={approval.decision} stale={approval.stale} />
                  <RelativeTime at={approval.at} className="text-xs text-faint" />
                </div>
                <p className="text-xs break-words text-muted">{approval.reason}</p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {stale ? (
        <p className="flex items-start gap-1.5 text-xs text-progress">
          <History aria-hidden className="mt-px size-3.5 shrink-0" />
          An approval is for one plan. After it was given the objects, the targets or the live cluster
          changed, so it no longer counts and must be given again for the present plan.
        </p>
      ) : null}
      {!closed && !requirement.mine.passed ? (
        <p className="flex items-start gap-1.5 text-xs text-muted">
          <LockKeyhole aria-hidden className="mt-px size-3.5 shrink-0 text-faint" />
          {requirement.mine.reason ?? 'You may not decide this.'}
        </p>
      ) : null}
    </div>
  )
}

function Decision({ decision, stale }: { decision: 'approved' | 'rejected'; stale: boolean }) {
  if (stale)
    return (
      <Badge tone="unknown" icon={<History aria-hidden />}>
        {decision}, stale
      </Badge>
    )
  return decision === 'approved' ? (
    <Badge tone="ok" icon={<ThumbsUp aria-hidden />}>
      approved
    </Badge>
  ) : (
    <Badge tone="failing" icon={<ThumbsDown aria-hidden />}>
      rejected
    </Badge>
  )
}

export function Expiry({ at }: { at: string }) {
  const nowMs = useNow()
  const atMs = Date.parse(at)
  const passed = atMs <= nowMs
  return (
    <span
      className={cn(
        'text-xs',
        passed ? 'text-fail' : atMs - nowMs < 3_600_000 ? 'text-progress' : 'text-muted',
      )}
      title={exactText(new Date(atMs))}
      suppressHydrationWarning
    >
      {passed ? 'expired' : 'expires'} {relativeText(atMs, nowMs)}
    </span>
  )
}

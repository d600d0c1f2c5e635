'use client'

import type { ExceptionView } from '@fairlead/contracts/freeze'
import { exceptionStates } from '@fairlead/contracts/freeze-states'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import type { ExceptionStep } from './exception-dialog'

const ExceptionDialog = dynamic(() => import('./exception-dialog').then((module) => module.ExceptionDialog))

/** Reviewed ones and those that came to nothing are history; some of it is shown. */
const mostClosed = 5

/** Who acts in spite of a window, with whose word, and what still has to be looked at afterwards. */
export function ExceptionsCard() {
  // They move on with the clock alone: nobody announces that one ran out.
  const exceptions = useQuery(useTRPC().exception.list.queryOptions({}, { refetchInterval: 15_000 }))
  const [asked, setAsked] = useState<{ exception: ExceptionView; step: ExceptionStep } | null>(null)
  if (exceptions.error && exceptions.data === undefined)
    return (
      <FaultState
        what="Exceptions are not shown."
        error={exceptions.error}
        right="project.view"
        onRetry={() => void exceptions.refetch()}
        retrying={exceptions.isFetching}
      />
    )
  const shown = shownOf(exceptions.data ?? [])
  if (shown.length === 0) return null
  return (
    <Card title="Exceptions" description="One person asks, a second confirms, a third reviews." flush>
      <ul className="divide-y divide-line">
        {shown.map((exception) => (
          <li key={exception.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <Told exception={exception} />
            <Steps exception={exception} onStep={(step) => setAsked({ exception, step })} />
          </li>
        ))}
      </ul>
      {asked ? (
        <ExceptionDialog exception={asked.exception} step={asked.step} onClose={() => setAsked(null)} />
      ) : null}
    </Card>
  )
}

function shownOf(all: readonly ExceptionView[]): ExceptionView[] {
  const isOpen = ({ state }: ExceptionView): boolean => ['active', 'to_review', 'waiting'].includes(state)
  return [...all.filter(isOpen), ...all.filter((one) => !isOpen(one)).slice(0, mostClosed)]
}

export function Told({ exception }: { exception: ExceptionView }) {
  const { state, about, rollout, reason, requester, requestedAt, decider, expiresAt } = exception
  const { word, tone } = exceptionStates[state]
  return (
    <div className="min-w-0 flex-1 basis-80 space-y-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusMark
          tone={tone}
          word={word}
          variant="pill"
          {...(state === 'active' && expiresAt ? { reason: <RelativeTime at={expiresAt} /> } : {})}
        />
        <span className="min-w-0 font-medium break-words">
          {rollout === null ? about : <TextLink href={`/rollouts/${rollout}`}>{about}</TextLink>}
        </span>
      </p>
      <p className="break-words">{reason}</p>
      <p className="text-xs text-muted">
        {requester} asked <RelativeTime at={requestedAt} />
        {decider === null ? '' : `; ${decider} ${state === 'refused' ? 'refused' : 'confirmed'}`}
        {exception.decision === null ? '' : `: ${exception.decision}`}
        {exception.reviewer === null ? '' : `; ${exception.reviewer} reviewed: ${exception.note ?? ''}`}
      </p>
    </div>
  )
}

function Steps({ exception, onStep }: { exception: ExceptionView; onStep: (step: ExceptionStep) => void }) {
  const { state, mine } = exception
  if (state === 'waiting')
    return (
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="primary"
          onClick={() => onStep('confirm')}
          disabledReason={mine.decide.reason}
          aria-label={`Confirm the exception for ${exception.about}`}
        >
          Confirm
        </Button>
        <Button size="sm" onClick={() => onStep('refuse')} disabledReason={mine.decide.reason}>
          Refuse
        </Button>
        {mine.withdraw.passed ? (
          <Button size="sm" variant="ghost" onClick={() => onStep('withdraw')}>
            Withdraw
          </Button>
        ) : null}
      </div>
    )
  if (state === 'active')
    return (
      <Button size="sm" onClick={() => onStep('withdraw')} disabledReason={mine.withdraw.reason}>
        End now
      </Button>
    )
  if (state !== 'to_review') return null
  return (
    <Button size="sm" variant="primary" onClick={() => onStep('review')} disabledReason={mine.review.reason}>
      Review
    </Button>
  )
}

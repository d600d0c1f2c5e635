'use client'

import type { ExceptionView } from '@fairlead/contracts/freeze'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { ExceptionStep } from '@/features/freeze/exception-dialog'
import { Told } from '@/features/freeze/exceptions-card'
import { DecideButtons } from './decide-buttons'
import { DecideKeys } from './decide-keys'

const ExceptionDialog = dynamic(() =>
  import('@/features/freeze/exception-dialog').then((module) => module.ExceptionDialog),
)

/** Somebody asks to act in spite of a freeze window, or did: a second person confirms, a third one reviews. */
export function ExceptionDetail({ exception }: { exception: ExceptionView }) {
  const [step, setStep] = useState<ExceptionStep | null>(null)
  const { state, mine, minutes } = exception
  const waits = state === 'waiting'
  return (
    <Card
      title={waits ? 'Exception from a freeze window' : 'Exception to review'}
      actions={<CopyAsMenu fairlead={commandOf(exception)} />}
    >
      <div className="flex flex-wrap items-start gap-4">
        <Told exception={exception} />
        <div className="space-y-2">
          <div className="flex flex-wrap gap-2">
            {waits ? (
              <DecideButtons
                mine={mine.decide}
                onDecide={(decision) => setStep(decision === 'approve' ? 'confirm' : 'refuse')}
              />
            ) : (
              <Button variant="primary" onClick={() => setStep('review')} disabledReason={mine.review.reason}>
                Review
              </Button>
            )}
          </div>
          <DecideKeys />
        </div>
      </div>
      <p className="mt-3 border-t border-line pt-3 text-sm text-muted">
        {waits
          ? `Approved, it is in force for ${minutes} minutes and then no more: deploys, rollbacks and changes by hand that it is for go through whatever freeze window holds.`
          : 'It has run out. Somebody who neither asked for it nor confirmed it says what was done with it; the audit log has every step.'}
      </p>
      {step ? <ExceptionDialog exception={exception} step={step} onClose={() => setStep(null)} /> : null}
    </Card>
  )
}

const commandOf = ({ id, state }: ExceptionView): string =>
  state === 'waiting'
    ? `fairlead exception confirm ${id} --reason "…"`
    : `fairlead exception review ${id} --note "…"`

'use client'

import { Button } from '@fairlead/ui/button'
import { Check, X } from 'lucide-react'
import { useHotkey } from '@/features/shell/hotkeys'
import type { Decision } from './decision'

type DecideButtonsProps = {
  mine: { readonly passed: boolean; readonly reason: string | null }
  onDecide: (decision: Decision) => void
}

/** Approve and reject, by button or by `a` and `r`; what can't be pressed says who can. */
export function DecideButtons({ mine, onDecide }: DecideButtonsProps) {
  useHotkey('a', () => onDecide('approve'), { description: 'Approve', enabled: mine.passed })
  useHotkey('r', () => onDecide('reject'), { description: 'Reject', enabled: mine.passed })
  const disabledReason = mine.passed ? null : (mine.reason ?? 'You may not decide this.')
  return (
    <>
      <Button
        variant="primary"
        icon={<Check aria-hidden />}
        onClick={() => onDecide('approve')}
        disabledReason={disabledReason}
      >
        Approve
      </Button>
      <Button
        variant="danger-quiet"
        icon={<X aria-hidden />}
        onClick={() => onDecide('reject')}
        disabledReason={disabledReason}
      >
        Reject
      </Button>
    </>
  )
}

'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { whyNot } from './run-actions'

const ClearDialog = dynamic(() => import('./clear-dialog').then((module) => module.ClearDialog))

/** Clears from this task on; what exactly, the dialog shows first. */
export function TaskClear({ run, id }: { run: RunView; id: string }) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button
        icon={<RotateCcw aria-hidden />}
        disabledReason={whyNot(run, 'clear')}
        onClick={() => setAsked(true)}
      >
        Clear from here
      </Button>
      {asked ? <ClearDialog run={run} tasks={[id]} onClose={() => setAsked(false)} /> : null}
    </>
  )
}

'use client'

import type { AttemptView } from '@fairlead/contracts/workflow'
import { attemptStates } from '@fairlead/contracts/workflow-states'
import { Select } from '@fairlead/ui/select'
import { newestFirst } from './newest-first'
import { useTaskPlace } from './use-task-place'

type AttemptSelectProps = { attempts: readonly AttemptView[]; current: number; tab: 'logs' | 'spec' }

/** Which attempt is looked at; the newest is the one without a number in the address. */
export function AttemptSelect({ attempts, current, tab }: AttemptSelectProps) {
  const { setTab } = useTaskPlace()
  const ordered = newestFirst(attempts)
  const newest = ordered[0]?.number
  if (attempts.length < 2) return null
  return (
    <Select
      label="Attempt"
      className="w-44"
      value={String(current)}
      options={ordered.map(({ number, state }) => ({
        value: String(number),
        label: `Attempt ${number}, ${attemptStates[state].word.toLowerCase()}`,
      }))}
      onValueChange={(value) => setTab(tab, Number(value) === newest ? undefined : Number(value))}
    />
  )
}

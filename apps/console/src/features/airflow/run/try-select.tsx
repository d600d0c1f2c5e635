'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { Select } from '@fairlead/ui/select'
import { stateWord } from '../states'
import { useTaskPanel } from './use-task-panel'

type TrySelectProps = { tries: readonly TaskInstanceRow[]; current: number }

/** The newest is the one without a number in the address. */
export function TrySelect({ tries, current }: TrySelectProps) {
  const { setTab } = useTaskPanel()
  const newest = tries.at(-1)?.tryNumber
  if (tries.length < 2) return null
  return (
    <Select
      label="Try"
      className="w-44"
      value={String(current)}
      options={tries.toReversed().map(({ tryNumber, state }) => ({
        value: String(tryNumber),
        label: `Try ${tryNumber}, ${stateWord(state).toLowerCase()}`,
      }))}
      onValueChange={(value) => setTab(null, Number(value) === newest ? undefined : Number(value))}
    />
  )
}

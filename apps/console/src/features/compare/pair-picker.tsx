'use client'

import { IconButton } from '@fairlead/ui/icon-button'
import { Select, type SelectOption } from '@fairlead/ui/select'
import { ArrowLeftRight } from 'lucide-react'
import type { ReactNode } from 'react'

type Pair = readonly [string, string]

type PairPickerProps = {
  /** The parameters of the address in which the two stand. */
  names: Pair
  /** What a reader hears before each list. */
  labels: Pair
  values: Pair
  options: readonly SelectOption<string>[]
  onChange: (changes: Readonly<Record<string, string>>) => void
  children?: ReactNode
}

/** Two of the same kind to compare, and a button that swaps them. */
export function PairPicker({ names, labels, values, options, onChange, children }: PairPickerProps) {
  const list = (side: 0 | 1) => (
    <Select
      label={labels[side]}
      className="w-72 max-w-full"
      options={options}
      value={values[side]}
      onValueChange={(value) => onChange({ [names[side]]: value })}
    />
  )
  return (
    <div className="flex flex-wrap items-center gap-2">
      {list(0)}
      <IconButton
        label="Swap"
        icon={<ArrowLeftRight aria-hidden />}
        onClick={() => onChange({ [names[0]]: values[1], [names[1]]: values[0] })}
      />
      {list(1)}
      {children}
    </div>
  )
}

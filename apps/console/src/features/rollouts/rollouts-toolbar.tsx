'use client'

import { Button } from '@fairlead/ui/button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { standings } from './rollout-filters'
import { useUrlParams } from './url-param'

const everything = 'all'
const standingOptions = [
  { value: everything, label: 'Every state' },
  ...Object.entries(standings).map(([value, { label }]) => ({ value, label })),
]
const kindOptions = [
  { value: everything, label: 'Deploys and rollbacks' },
  { value: 'deploy', label: 'Deploys' },
  { value: 'rollback', label: 'Rollbacks' },
]

type RolloutsToolbarProps = {
  text: string
  onText: (text: string) => void
  /** Null while nothing is filtered. */
  onClear: (() => void) | null
}

export function RolloutsToolbar({ text, onText, onClear }: RolloutsToolbarProps) {
  const [params, setParams] = useUrlParams()
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput label="Filter rollouts" value={text} onChange={(event) => onText(event.target.value)} />
      <Select
        label="State"
        className="w-48"
        options={standingOptions}
        value={params.get('state') ?? everything}
        onValueChange={(value) => setParams({ state: value === everything ? null : value })}
      />
      <Select
        label="Kind"
        className="w-52"
        options={kindOptions}
        value={params.get('kind') ?? everything}
        onValueChange={(value) => setParams({ kind: value === everything ? null : value })}
      />
      {onClear ? (
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
      ) : null}
    </div>
  )
}

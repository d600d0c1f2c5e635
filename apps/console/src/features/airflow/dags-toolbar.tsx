'use client'

import { Button } from '@fairlead/ui/button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { useUrlParams } from '@/features/rollouts/url-param'

const everything = 'all'
const standings = [
  { value: everything, label: 'Paused and active' },
  { value: 'active', label: 'Active' },
  { value: 'paused', label: 'Paused' },
]

/** A tag may be called "all". */
const valueOf = (tag: string): string => `tag:${tag}`

type DagsToolbarProps = {
  text: string
  onText: (text: string) => void
  /** Of the DAGs that are listed. */
  tags: readonly string[]
  /** Null while nothing is filtered. */
  onClear: (() => void) | null
  count: string
}

export function DagsToolbar({ text, onText, tags, onClear, count }: DagsToolbarProps) {
  const [params, setParams] = useUrlParams()
  const tag = params.get('tag')
  const known = tag === null || tags.includes(tag) ? tags : [tag, ...tags]
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput label="Filter DAGs" value={text} onChange={(event) => onText(event.target.value)} />
      <Select
        label="Standing"
        className="w-44"
        options={standings}
        value={params.get('standing') ?? everything}
        onValueChange={(value) => setParams({ standing: value === everything ? null : value, from: null })}
      />
      {known.length > 0 ? (
        <Select
          label="Tag"
          className="w-44"
          options={[
            { value: '', label: 'Every tag' },
            ...known.map((label) => ({ value: valueOf(label), label })),
          ]}
          value={tag === null ? everything : valueOf(tag)}
          onValueChange={(value) =>
            setParams({ tag: known.find((each) => valueOf(each) === value) ?? null, from: null })
          }
        />
      ) : null}
      {onClear ? (
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
      ) : null}
      <span role="status" className="ml-auto text-xs text-muted">
        {count}
      </span>
    </div>
  )
}

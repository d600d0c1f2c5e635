'use client'

import type { ComparisonView } from '@fairlead/contracts/comparison'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { Switch } from '@fairlead/ui/switch'
import { useDeferredValue } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import type { CompareFilter } from './in-view'

/** The filters, kept in the address; `text` is what was typed, the filter follows when there is time. */
export function useCompareFilter() {
  const [params] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const filter: CompareFilter = {
    kind: params.get('kind'),
    text: useDeferredValue(text),
    onlyDifferences: params.get('equal') !== 'shown',
  }
  return { filter, text, setText }
}

type CompareToolbarProps = {
  view: ComparisonView
  filter: CompareFilter
  text: string
  setText: (text: string) => void
}

const any = '*'

export function CompareToolbar({ view, filter, text, setText }: CompareToolbarProps) {
  const [, set] = useUrlParams()
  const counts = new Map<string, number>()
  for (const { kind } of view.objects) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterInput label="Filter objects" value={text} onChange={(event) => setText(event.target.value)} />
      <Select
        label="Kind"
        className="w-56 max-w-full"
        value={filter.kind ?? any}
        onValueChange={(kind) => set({ kind: kind === any ? null : kind })}
        options={[
          { value: any, label: 'Any kind' },
          ...[...counts].map(([kind, count]) => ({ value: kind, label: kind, hint: String(count) })),
        ]}
      />
      <Switch
        className="ml-auto"
        label="Only differences"
        checked={filter.onlyDifferences}
        onCheckedChange={(only) => set({ equal: only ? null : 'shown' })}
      />
    </div>
  )
}

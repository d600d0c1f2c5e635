'use client'

import { Button } from '@fairlead/ui/button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { useUrlParams } from '@/features/rollouts/url-param'
import { standings } from './workflow-filters'

const everything = 'all'

type WorkflowsToolbarProps = {
  projects: readonly string[]
  text: string
  onText: (text: string) => void
  /** Null while nothing is filtered. */
  onClear: (() => void) | null
  count: string
}

export function WorkflowsToolbar({ projects, text, onText, onClear, count }: WorkflowsToolbarProps) {
  const [params, setParams] = useUrlParams()
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput label="Filter workflows" value={text} onChange={(event) => onText(event.target.value)} />
      {projects.length > 1 ? (
        <Select
          label="Project"
          className="w-44"
          options={[
            { value: everything, label: 'Every project' },
            ...projects.map((name) => ({ value: name, label: name })),
          ]}
          value={params.get('project') ?? everything}
          onValueChange={(value) => setParams({ project: value === everything ? null : value })}
        />
      ) : null}
      <Select
        label="Standing"
        className="w-44"
        options={[
          { value: everything, label: 'Every standing' },
          ...Object.entries(standings).map(([value, label]) => ({ value, label })),
        ]}
        value={params.get('standing') ?? everything}
        onValueChange={(value) => setParams({ standing: value === everything ? null : value })}
      />
      {onClear ? (
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
      ) : null}
      <span className="ml-auto text-xs text-muted">{count}</span>
    </div>
  )
}

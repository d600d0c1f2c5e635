'use client'

import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import type { ReactNode } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { standingFilters } from './application-filters'

const everything = 'all'

type ApplicationsToolbarProps = {
  projects: readonly string[]
  text: string
  onText: (text: string) => void
  children: ReactNode
}

export function ApplicationsToolbar({ projects, text, onText, children }: ApplicationsToolbarProps) {
  const [params, setParams] = useUrlParams()
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput
        label="Filter applications"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
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
        options={[{ value: everything, label: 'Every standing' }, ...standingFilters]}
        value={params.get('standing') ?? everything}
        onValueChange={(value) => setParams({ standing: value === everything ? null : value })}
      />
      <span className="ml-auto text-xs text-muted">{children}</span>
    </div>
  )
}

'use client'

import { Button } from '@fairlead/ui/button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'
import { stateOptions } from './run-filters'

const everything = 'all'

type RunsToolbarProps = {
  text: string
  onText: (text: string) => void
  /** Null while nothing is filtered. */
  onClear: (() => void) | null
}

export function RunsToolbar({ text, onText, onClear }: RunsToolbarProps) {
  const [params, setParams] = useUrlParams()
  const { data: workflows = [] } = useQuery(useTRPC().workflow.list.queryOptions({}))
  const project = params.get('project')
  const workflow = params.get('workflow')
  const projects = [...new Set([...workflows.map((each) => each.project), ...given(project)])].sort()
  const names = workflows
    .filter((each) => project === null || each.project === project)
    .map((each) => `${each.project}/${each.name}`)
  const workflowNames = [...new Set([...names, ...given(workflow)])].sort()
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput label="Filter runs" value={text} onChange={(event) => onText(event.target.value)} />
      <Select
        label="State"
        className="w-48"
        options={[{ value: everything, label: 'Every state' }, ...stateOptions]}
        value={params.get('state') ?? everything}
        onValueChange={(value) => setParams({ state: chosen(value), before: null })}
      />
      <Select
        label="Workflow"
        className="w-60 max-w-full"
        options={[
          { value: everything, label: 'Every workflow' },
          ...workflowNames.map((name) => ({ value: name, label: name })),
        ]}
        value={workflow ?? everything}
        onValueChange={(value) => setParams({ workflow: chosen(value), before: null })}
      />
      {projects.length > 1 || project !== null ? (
        <Select
          label="Project"
          className="w-44"
          options={[
            { value: everything, label: 'Every project' },
            ...projects.map((name) => ({ value: name, label: name })),
          ]}
          value={project ?? everything}
          onValueChange={(value) => setParams({ project: chosen(value), workflow: null, before: null })}
        />
      ) : null}
      {onClear ? (
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
      ) : null}
    </div>
  )
}

const chosen = (value: string): string | null => (value === everything ? null : value)
const given = (value: string | null): string[] => (value === null ? [] : [value])

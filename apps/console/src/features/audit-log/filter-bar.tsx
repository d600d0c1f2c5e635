'use client'

import { Button } from '@fairlead/ui/button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useTRPC } from '@/live/trpc'
import { actionNames, actionWords } from './action-words'
import { filterNames, type FilterName } from './audit-filters'

const any = '*'
const outcomes = [
  { value: any, label: 'Any outcome' },
  { value: 'done', label: 'Done' },
  { value: 'denied', label: 'Denied' },
  { value: 'failed', label: 'Failed' },
]
const actions = [
  { value: any, label: 'Any action' },
  ...actionNames.map((value) => ({ value, label: actionWords(value), hint: value })),
]

type FilterBarProps = {
  params: Readonly<URLSearchParams>
  onChange: (changes: Readonly<Record<string, string | null>>) => void
}

export function FilterBar({ params, onChange }: FilterBarProps) {
  const { data: projects = [] } = useQuery(useTRPC().project.list.queryOptions({}))
  const [actor, setActor] = useTextParam('actor')
  const [subject, setSubject] = useTextParam('subject')
  const choose = (name: FilterName) => (value: string) => onChange({ [name]: value === any ? null : value })
  const chosen = (name: FilterName) => params.get(name) ?? any
  const filtered = filterNames.some((name) => params.has(name))
  const places = [
    { value: any, label: 'Any project' },
    ...projects.map(({ name }) => ({ value: name, label: name })),
  ]
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput
        label="Who"
        className="w-[calc(50%-4px)] sm:w-40"
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <Input
        aria-label="To what"
        placeholder="To what"
        value={subject}
        onChange={(event) => setSubject(event.target.value)}
        className="w-[calc(50%-4px)] sm:w-40"
        autoComplete="off"
      />
      <Select
        label="Action"
        options={actions}
        value={chosen('action')}
        onValueChange={choose('action')}
        className="w-44 max-sm:flex-1"
      />
      <Select
        label="Outcome"
        options={outcomes}
        value={chosen('outcome')}
        onValueChange={choose('outcome')}
        className="w-32 max-sm:flex-1"
      />
      <Select
        label="Project"
        options={places}
        value={chosen('project')}
        onValueChange={choose('project')}
        className="w-36 max-sm:flex-1"
      />
      <span className="flex items-center gap-1.5 text-xs text-muted">
        <Day label="From" value={params.get('from')} onChange={choose('from')} />
        <Day label="To" value={params.get('to')} onChange={choose('to')} />
      </span>
      {filtered ? (
        <Button
          variant="ghost"
          icon={<X aria-hidden />}
          onClick={() => onChange(Object.fromEntries(filterNames.map((name) => [name, null])))}
        >
          Clear
        </Button>
      ) : null}
    </div>
  )
}

type DayProps = { label: string; value: string | null; onChange: (day: string) => void }

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-1.5">
      {label}
      <Input
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        className="w-32"
      />
    </label>
  )
}

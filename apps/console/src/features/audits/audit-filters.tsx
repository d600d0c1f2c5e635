'use client'

import {
  readinessChecks,
  type CheckName,
  type FindingCount,
  type FindingsView,
} from '@fairlead/contracts/checks'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Select } from '@fairlead/ui/select'
import { Segments } from '@/features/fleet/segments'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { severityLook } from './severity-mark'

type FiltersProps = { view: FindingsView }

/** Each filter says how much stands behind each of its choices. */
export function AuditFilters({ view }: FiltersProps) {
  const [params, set] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const choose = (name: string) => (value: string) => set({ [name]: value === any ? null : value })
  const chosen = (name: string) => params.get(name) ?? any
  const severities = Object.entries(severityLook).map(([value, { word }]) => ({
    value,
    label: word,
    count: countOf(view.bySeverity, value),
  }))
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <FilterInput
        className="sm:w-48"
        label="Filter workloads"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Segments
        label="Severity"
        value={params.get('severity') ?? ''}
        onChange={(severity) => set({ severity })}
        options={[{ value: '', label: 'All', count: sumOf(view.bySeverity) }, ...severities]}
      />
      <Select
        label="Check"
        className="w-44"
        value={chosen('check')}
        onValueChange={choose('check')}
        options={options('Any check', view.byCheck, (key) => readinessChecks[key as CheckName].title)}
      />
      <Select
        label="Cluster"
        className="w-40"
        value={chosen('cluster')}
        onValueChange={choose('cluster')}
        options={options('Any cluster', view.byCluster)}
      />
      <Select
        label="Project"
        className="w-40"
        value={chosen('project')}
        onValueChange={choose('project')}
        options={options('Any project', view.byProject)}
      />
      <Segments
        className="ml-auto"
        label="Waived"
        value={params.get('waived') === 'yes' ? 'yes' : ''}
        onChange={(waived) => set({ waived })}
        options={[
          { value: '', label: 'Standing' },
          { value: 'yes', label: 'Waived', count: view.waived },
        ]}
      />
    </div>
  )
}

const any = '*'
const sumOf = (counts: readonly FindingCount[]): number => counts.reduce((sum, { count }) => sum + count, 0)
const countOf = (counts: readonly FindingCount[], key: string): number =>
  counts.find((each) => each.key === key)?.count ?? 0
const options = (
  none: string,
  counts: readonly FindingCount[],
  label: (key: string) => string = (key) => key,
) => [
  { value: any, label: none },
  ...counts.map(({ key, count }) => ({ value: key, label: label(key), hint: String(count) })),
]

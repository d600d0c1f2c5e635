'use client'

import { Checkbox } from '@fairlead/ui/checkbox'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from '../fault-line'

type ProjectChoiceProps = { chosen: readonly string[]; onChange: (projects: readonly string[]) => void }

/** Whose people see a connection. */
export function ProjectChoice({ chosen, onChange }: ProjectChoiceProps) {
  const projects = useQuery(useTRPC().project.list.queryOptions({}))
  if (projects.error) return <FaultLine error={projects.error} />
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1.5 text-sm font-medium text-fg">
        Give it to<span className="ml-1.5 font-normal text-faint">optional</span>
      </legend>
      {projects.data?.map(({ name }) => (
        <Checkbox
          key={name}
          label={name}
          checked={chosen.includes(name)}
          onCheckedChange={(checked) =>
            onChange(checked ? [...chosen, name] : chosen.filter((one) => one !== name))
          }
        />
      ))}
      <p className="text-xs text-muted">Its people see this Airflow, and act in it with their roles there.</p>
    </fieldset>
  )
}

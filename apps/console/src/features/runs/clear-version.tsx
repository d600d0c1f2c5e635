'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { Field } from '@fairlead/ui/field'
import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

type ClearVersionProps = { run: RunView; version: number; onVersion: (version: number) => void }

/** With which version of the definition the tasks run again. */
export function ClearVersion({ run, version, onVersion }: ClearVersionProps) {
  const { data } = useQuery(
    useTRPC().workflow.get.queryOptions({ project: run.project, workflow: run.workflow }),
  )
  const numbers = new Set([run.version, ...(data?.versions.map(({ number }) => number) ?? [])])
  const newest = Math.max(...numbers)
  const options = [...numbers]
    .sort((one, other) => other - one)
    .map((number) => ({
      value: String(number),
      label: `Version ${number}${noteOf(number, run.version, newest)}`,
    }))
  return (
    <Field
      label="Definition"
      hint={version === run.version ? undefined : 'The whole run is pinned to that version from then on.'}
    >
      <Select options={options} value={String(version)} onValueChange={(value) => onVersion(Number(value))} />
    </Field>
  )
}

function noteOf(number: number, own: number, newest: number): string {
  if (number === own) return number === newest ? ', of this run and the newest' : ', of this run'
  return number === newest ? ', the newest' : ''
}

'use client'

import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from '../fault-line'

type ConnectAirflowDialogProps = { onClose: () => void; onConnected: () => void }

const blank = { name: '', address: '', username: '', password: '' }

/** It is tried before it is kept: the refusal says which step failed. */
export function ConnectAirflowDialog({ onClose, onConnected }: ConnectAirflowDialogProps) {
  const register = useMutation(useTRPC().airflow.register.mutationOptions())
  const [given, setGiven] = useState(blank)
  const [projects, setProjects] = useState<readonly string[]>([])
  const field = (name: keyof typeof blank) => ({
    value: given[name],
    required: true,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setGiven({ ...given, [name]: event.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    register.mutate(
      { ...given, projects: [...projects] },
      {
        onSuccess: ({ version }) => {
          toast.success(`${given.name} is connected`, { description: `Airflow ${version}` })
          onConnected()
          onClose()
        },
      },
    )
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Connect an Airflow">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" hint="Lower-case letters, digits and dashes.">
          <Input mono maxLength={63} autoFocus {...field('name')} />
        </Field>
        <Field label="Address" hint="Under which people open Airflow, with its path.">
          <Input mono type="url" placeholder="https://airflow.example.org" {...field('address')} />
        </Field>
        <Field label="User name" hint="Of a user in Airflow that is Fairlead’s own.">
          <Input {...field('username')} />
        </Field>
        <Field label="Password" hint="Sealed, and never shown again.">
          <Input type="password" {...field('password')} autoComplete="new-password" />
        </Field>
        <ProjectChoice chosen={projects} onChange={setProjects} />
        <FaultLine error={register.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={register.isPending}>
            Check and connect
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type ProjectChoiceProps = { chosen: readonly string[]; onChange: (projects: readonly string[]) => void }

function ProjectChoice({ chosen, onChange }: ProjectChoiceProps) {
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

'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from '../form-dialog'
import { ProjectChoice } from './project-choice'

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
  const submit = () => {
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
    <FormDialog
      title="Connect an Airflow"
      send="Check and connect"
      sending={register.isPending}
      error={register.error}
      onSend={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}

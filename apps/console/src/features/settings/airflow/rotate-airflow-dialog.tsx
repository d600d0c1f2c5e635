'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from '../form-dialog'

type RotateAirflowDialogProps = { connection: AirflowConnectionView; onClose: () => void; onDone: () => void }

/** The new login is tried before it replaces the old one: the refusal says which step failed. */
export function RotateAirflowDialog({ connection, onClose, onDone }: RotateAirflowDialogProps) {
  const { name, address, username } = connection
  const [given, setGiven] = useState({ address, username, password: '' })
  const field = (key: keyof typeof given) => ({
    value: given[key],
    required: true,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }),
  })
  const rotate = useMutation(
    useTRPC().airflow.rotate.mutationOptions({
      onSuccess: () => {
        toast.success(`${name} has a new login`, { description: given.username })
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    const moved = given.address === address ? {} : { address: given.address }
    rotate.mutate({ connection: name, username: given.username, password: given.password, ...moved })
  }
  return (
    <FormDialog
      title={`Rotate the login of ${name}`}
      description="The new one is tried first; until it is accepted, the old one stays."
      send="Check and rotate"
      sending={rotate.isPending}
      error={rotate.error}
      onSend={submit}
      onClose={onClose}
    >
      <Field label="Address" hint="Left as it is unless Airflow has moved.">
        <Input mono type="url" {...field('address')} />
      </Field>
      <Field label="User name">
        <Input {...field('username')} />
      </Field>
      <Field label="Password" hint="Sealed, and never shown again.">
        <Input type="password" autoFocus {...field('password')} autoComplete="new-password" />
      </Field>
    </FormDialog>
  )
}

'use client'

import type { RepositoryView } from '@fairlead/contracts/source'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from '../form-dialog'

type SetRepositoryDialogProps = { repository: RepositoryView | null; onClose: () => void; onDone: () => void }

export function SetRepositoryDialog({ repository, onClose, onDone }: SetRepositoryDialogProps) {
  const { project = '', address = '', username = '' } = repository ?? {}
  const [given, setGiven] = useState({ project, address, username, password: '' })
  const field = (key: keyof typeof given) => ({
    value: given[key],
    required: true,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }),
  })
  const set = useMutation(
    useTRPC().repository.set.mutationOptions({
      onSuccess: () => {
        toast.success(`${given.project} has a login for it`, { description: given.address })
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    set.mutate(given)
  }
  return (
    <FormDialog
      title={repository ? 'Change the login' : 'Add a login'}
      description="It is used for the repository or the metrics server at this address, and for all whose address begins like this one."
      send="Keep it"
      sending={set.isPending}
      error={set.error}
      onSend={submit}
      onClose={onClose}
    >
      <Field label="Project" hint="Whose applications use it.">
        <Input {...field('project')} readOnly={repository !== null} autoFocus={repository === null} />
      </Field>
      <Field label="Address" hint="https://git.example.org/shop, or oci://registry.example.org/team">
        <Input mono type="url" {...field('address')} readOnly={repository !== null} />
      </Field>
      <Field label="User name" hint="Left empty, the password is sent as a bearer token.">
        <Input {...field('username')} required={false} />
      </Field>
      <Field label="Password or token" hint="Sealed, and never shown again. The right to read is enough.">
        <Input
          type="password"
          {...field('password')}
          autoComplete="new-password"
          autoFocus={repository !== null}
        />
      </Field>
    </FormDialog>
  )
}

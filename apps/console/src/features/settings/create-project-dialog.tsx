'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from './form-dialog'

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

type CreateProjectDialogProps = { onClose: () => void; onCreated: () => void }

export function CreateProjectDialog({ onClose, onCreated }: CreateProjectDialogProps) {
  const create = useMutation(useTRPC().project.create.mutationOptions())
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const wrong = name !== '' && !namePattern.test(name)
  const taken =
    create.error && faultOf(create.error).code === 'conflict' ? faultOf(create.error).message : undefined
  const submit = () => {
    if (wrong) return
    create.mutate(
      { name, description },
      {
        onSuccess: () => {
          toast.success(`Project ${name} created`, { description: 'Give it destinations next.' })
          onCreated()
        },
      },
    )
  }
  return (
    <FormDialog
      title="Create a project"
      send="Create"
      sending={create.isPending}
      error={taken ? null : create.error}
      onSend={submit}
      onClose={onClose}
    >
      <Field
        label="Name"
        hint="Lower-case letters, digits and dashes; it can’t be changed later."
        error={wrong ? 'Expected lower-case letters, digits and dashes, e.g. "shop-eu".' : taken}
      >
        <Input
          mono
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={63}
          autoFocus
          autoComplete="off"
        />
      </Field>
      <Field label="Description" optional>
        <Input
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={500}
          autoComplete="off"
        />
      </Field>
    </FormDialog>
  )
}

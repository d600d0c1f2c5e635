'use client'

import { roleNames, type Role } from '@fairlead/contracts/permissions'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { exactText } from '@fairlead/ui/time-text'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from './fault-line'
import { roleWords } from './role-words'
import { SecretOnce } from './secret-once'
import { useRights } from './use-rights'

const everyProject = '*'
const lifetimes = ['7d', '30d', '90d', '180d', '365d'].map((value) => ({
  value,
  label: `${value.slice(0, -1)} days`,
}))
const roleOptions = roleNames.map((role) => ({ value: role, label: role, hint: roleWords[role] }))

export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useMutation(useTRPC().token.create.mutationOptions())
  const name = create.variables?.name ?? ''
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={create.data ? `Token ${name}` : 'Create an API token'}
      description={create.data ? undefined : 'Give it the smallest role that is enough.'}
    >
      {create.data ? (
        <div className="flex flex-col gap-4">
          <SecretOnce
            title="FAIRLEAD_TOKEN"
            secret={create.data.secret}
            hint={`Keep it where your CI system keeps secrets. It is valid until ${exactText(new Date(create.data.expiresAt))}.`}
          />
          <div className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <TokenForm
          pending={create.isPending}
          error={create.error}
          onCreate={create.mutate}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}

type TokenFormProps = {
  pending: boolean
  error: unknown
  onCreate: (input: { name: string; project: string | null; role: Role; expires: string }) => void
  onCancel: () => void
}

function TokenForm({ pending, error, onCreate, onCancel }: TokenFormProps) {
  const places = usePlaces()
  const [name, setName] = useState('')
  const [chosen, setPlace] = useState<string | null>(null)
  const [role, setRole] = useState<Role>('deployer')
  const [expires, setExpires] = useState('90d')
  const place = chosen ?? places[0]?.value ?? null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (place !== null) onCreate({ name, project: place === everyProject ? null : place, role, expires })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" hint="Who uses it, e.g. github-actions.">
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={63}
          autoFocus
          autoComplete="off"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Project">
          <Select options={places} value={place} onValueChange={setPlace} />
        </Field>
        <Field label="Role">
          <Select options={roleOptions} value={role} onValueChange={setRole} />
        </Field>
      </div>
      <Field label="Expires after">
        <Select options={lifetimes} value={expires} onValueChange={setExpires} />
      </Field>
      {role === 'administrator' ? (
        <p className="rounded-md bg-wait-soft px-3 py-2">
          A token with the role administrator can invite people and give rights. Is a smaller role enough?
        </p>
      ) : null}
      <FaultLine error={error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" loading={pending}>
          Create
        </Button>
      </div>
    </form>
  )
}

/** Projects first: a token for everything is the exception. */
function usePlaces() {
  const { may } = useRights()
  const { data = [] } = useQuery(useTRPC().project.list.queryOptions({}))
  const projects = data
    .filter(({ id }) => may('token.manage', { kind: 'project', projectId: id }))
    .map(({ name }) => ({ value: name, label: name }))
  return may('token.manage', { kind: 'installation' })
    ? [...projects, { value: everyProject, label: 'Every project' }]
    : projects
}

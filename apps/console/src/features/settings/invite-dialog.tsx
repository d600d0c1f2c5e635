'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { exactText } from '@fairlead/ui/time-text'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from './fault-line'
import { RoleMatrix } from './role-matrix'
import type { NamedRole } from './role-words'
import { SecretOnce } from './secret-once'
import { useGivableProjects } from './use-givable-projects'

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useMutation(useTRPC().person.invite.mutationOptions())
  const email = invite.variables?.email ?? ''
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="lg"
      title={invite.data ? `Invitation for ${email}` : 'Invite someone'}
      description={
        invite.data
          ? undefined
          : 'They get a link that works once; whoever opens it chooses a password for this e-mail.'
      }
    >
      {invite.data ? (
        <div className="flex flex-col gap-4">
          <SecretOnce
            title="Invitation link"
            secret={`${window.location.origin}/invitation/${invite.data.secret}`}
            hint={`Send it to ${email} by a way you trust. It works once, until ${exactText(new Date(invite.data.expiresAt))}.`}
          />
          <div className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <InviteForm
          pending={invite.isPending}
          error={invite.error}
          onInvite={invite.mutate}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}

type InviteFormProps = {
  pending: boolean
  error: unknown
  onInvite: (input: { email: string; name: string; memberships: NamedRole[] }) => void
  onCancel: () => void
}

function InviteForm({ pending, error, onInvite, onCancel }: InviteFormProps) {
  const { projects, installation } = useGivableProjects()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<readonly NamedRole[]>([])
  const fault = error ? faultOf(error) : null
  const onEmail = fault?.code === 'conflict' || fault?.detail.path === 'email'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onInvite({ email, name, memberships: [...roles] })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={100}
            autoFocus
            autoComplete="off"
          />
        </Field>
        <Field label="E-mail" error={onEmail ? fault?.message : undefined}>
          <Input
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
            autoComplete="off"
          />
        </Field>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">Roles</p>
        <RoleMatrix projects={projects} installation={installation} value={roles} onChange={setRoles} />
        {roles.length === 0 ? (
          <p className="text-xs text-muted">
            Without a role they can sign in and see nothing; you can give roles later.
          </p>
        ) : null}
      </div>
      {onEmail ? null : <FaultLine error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" loading={pending}>
          Create the link
        </Button>
      </div>
    </form>
  )
}

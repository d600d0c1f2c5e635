'use client'

import { Button } from '@fairlead/ui/button'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useState, type FormEvent } from 'react'
import { createApiClient } from '@/live/api-client'
import { faultOf, type Fault } from '@/live/fault'
import { Notice } from './notice'
import { passwordHints, PasswordHints } from './password-hints'
import { signIn } from './sign-in'

export type Invitation = { readonly email: string | null; readonly name: string; readonly first: boolean }

export function InvitationForm({ secret, invitation }: { secret: string; invitation: Invitation }) {
  const [name, setName] = useState(invitation.name)
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const missing = passwordHints(password, again).find(({ met }) => !met)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (missing) return
    setPending(true)
    try {
      const client = createApiClient()
      const accepted = await client.invitation.accept.mutate({
        secret,
        name,
        password,
        ...(invitation.email === null ? { email } : {}),
      })
      const { kind } = await signIn(accepted.email, password)
      window.location.assign(kind === 'done' ? '/fleet' : '/sign-in')
    } catch (error) {
      setFault(faultOf(error))
      setPending(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {fault ? (
        <Notice kind="error" title={fault.message}>
          {fault.detail.remedy}
        </Notice>
      ) : null}
      <Field label="Name" hint="As others see it beside what you did.">
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="name"
          required
          maxLength={100}
          autoFocus={invitation.name === ''}
        />
      </Field>
      <Field
        label="E-mail"
        hint={invitation.email === null ? 'You sign in with it.' : 'The invitation is for this address.'}
      >
        <Input
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          autoComplete="username"
          readOnly={invitation.email !== null}
          required
        />
      </Field>
      <Field label="Password">
        <Input
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="new-password"
          required
          maxLength={128}
          autoFocus={invitation.name !== ''}
        />
      </Field>
      <Field label="Password again">
        <Input
          type="password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
          autoComplete="new-password"
          required
          maxLength={128}
        />
      </Field>
      <PasswordHints password={password} again={again} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        loading={pending}
        disabledReason={missing ? `${missing.text}.` : null}
      >
        {invitation.first ? 'Create the account' : 'Join'}
      </Button>
    </form>
  )
}

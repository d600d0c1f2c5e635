'use client'

import { Button } from '@fairlead/ui/button'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { durationText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'
import { LogIn } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { Notice } from './notice'
import { signIn, type SignInOutcome } from './sign-in'

type SignInFormProps = {
  /** A checked path of this console. */
  next: string
  /** Set when the page was reached because a session had ended. */
  returning: boolean
}

export function SignInForm({ next, returning }: SignInFormProps) {
  const [outcome, setOutcome] = useState<(SignInOutcome & { at: number }) | null>(null)
  const [pending, setPending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const text = (name: string): string => {
      const value = fields.get(name)
      return typeof value === 'string' ? value : ''
    }
    setPending(true)
    const result = await signIn(text('email'), text('password'))
    if (result.kind === 'done') return window.location.assign(next)
    setPending(false)
    setOutcome({ ...result, at: Date.now() })
    form.querySelector<HTMLInputElement>('[name=password]')?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {outcome === null && returning ? <Notice kind="info" title="Sign in to go on where you were." /> : null}
      {outcome === null ? null : <OutcomeNotice outcome={outcome} />}
      <Field label="E-mail">
        <Input type="email" name="email" autoComplete="username" required autoFocus inputMode="email" />
      </Field>
      <Field label="Password">
        <Input type="password" name="password" autoComplete="current-password" required maxLength={128} />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={pending} icon={<LogIn aria-hidden />}>
        Sign in
      </Button>
    </form>
  )
}

function OutcomeNotice({ outcome }: { outcome: SignInOutcome & { at: number } }) {
  const now = useNow()
  switch (outcome.kind) {
    case 'done':
      return null
    case 'wrong':
      return (
        <Notice kind="error" title="The e-mail or the password is wrong.">
          After ten failed attempts an e-mail is locked for half an hour.
        </Notice>
      )
    case 'disabled':
      return (
        <Notice kind="denied" title="This account is disabled.">
          An administrator can enable it again under Settings, People.
        </Notice>
      )
    case 'limited': {
      const leftMs = outcome.at + outcome.retryAfterSeconds * 1000 - now
      const title = outcome.locked ? 'Locked after too many failed attempts.' : 'Too many attempts from here.'
      return (
        <Notice kind="wait" title={title}>
          {leftMs > 0 ? `Try again in ${durationText(leftMs)}.` : 'You can try again now.'}
        </Notice>
      )
    }
    case 'failed':
      return <Notice kind="error" title={outcome.message} />
  }
}

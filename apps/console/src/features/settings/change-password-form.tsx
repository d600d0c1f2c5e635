'use client'

import { Button } from '@fairlead/ui/button'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { passwordHints, PasswordHints } from '@/features/auth/password-hints'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from './fault-line'

const empty = { current: '', password: '', again: '' }

export function ChangePasswordForm({ email }: { email: string }) {
  const change = useMutation(useTRPC().session.changePassword.mutationOptions())
  const [entries, setEntries] = useState(empty)
  const first = useRef<HTMLInputElement>(null)
  const { current, password, again } = entries
  const entry = (name: keyof typeof empty) => ({
    type: 'password',
    required: true,
    maxLength: 128,
    value: entries[name],
    onChange: (event: { target: { value: string } }) =>
      setEntries({ ...entries, [name]: event.target.value }),
  })
  const missing = passwordHints(password, again).find(({ met }) => !met)
  const fault = change.error ? faultOf(change.error) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing || change.isPending) return
    change.mutate(
      { current, password },
      {
        onSuccess: ({ sessionsEnded }) => {
          setEntries(empty)
          toast.success('Your password is changed', { description: endedWords(sessionsEnded) })
        },
        onError: () => {
          first.current?.focus()
          first.current?.select()
        },
      },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* For password managers, which otherwise wouldn't know whose password this is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label="Current password" error={fault?.detail.path === 'current' ? fault.message : undefined}>
        <Input {...entry('current')} ref={first} autoComplete="current-password" />
      </Field>
      <Field label="New password" error={fault?.detail.path === 'password' ? fault.message : undefined}>
        <Input {...entry('password')} autoComplete="new-password" />
      </Field>
      <Field label="New password again">
        <Input {...entry('again')} autoComplete="new-password" />
      </Field>
      <PasswordHints password={password} again={again} />
      <p className="text-xs text-muted">
        Your other sessions end. API tokens stay as they are: revoke them under Tokens.
      </p>
      {fault?.detail.path === undefined ? <FaultLine error={change.error} /> : null}
      <div className="flex justify-end">
        <Button
          type="submit"
          variant="primary"
          loading={change.isPending}
          disabledReason={missing ? `${missing.text}.` : null}
        >
          Change the password
        </Button>
      </div>
    </form>
  )
}

const endedWords = (sessions: number): string =>
  sessions === 0
    ? 'You had no other session.'
    : sessions === 1
      ? 'Your other session has ended.'
      : `Your ${sessions} other sessions have ended.`

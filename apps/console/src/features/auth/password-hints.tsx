import { cn } from '@fairlead/ui/cn'
import { Check, Circle } from 'lucide-react'

const minLength = 12

export interface PasswordHint {
  readonly text: string
  readonly met: boolean
}

/** Length is what counts; the second entry guards against a slip. */
export const passwordHints = (password: string, again: string): PasswordHint[] => [
  {
    text: `At least ${minLength} characters${password === '' ? '' : ` (${password.length} so far)`}`,
    met: password.length >= minLength,
  },
  { text: 'Both entries are the same', met: password !== '' && password === again },
]

export function PasswordHints({ password, again }: { password: string; again: string }) {
  return (
    <ul aria-live="polite" className="flex flex-col gap-1 text-xs">
      {passwordHints(password, again).map(({ text, met }) => (
        <li
          key={text.slice(0, 8)}
          className={cn('flex items-center gap-1.5', met ? 'text-ok' : 'text-muted')}
        >
          {met ? <Check aria-hidden className="size-3.5" /> : <Circle aria-hidden className="size-3.5" />}
          {text}
          <span className="sr-only">{met ? ': yes' : ': not yet'}</span>
        </li>
      ))}
    </ul>
  )
}

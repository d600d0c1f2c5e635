'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'

type ConfirmPruneProps = {
  reasons: readonly string[]
  application: string
  typed: string
  onTyped: (text: string) => void
}

/** Deleting most of a stage by mistake takes one lost file; meaning it takes a word. */
export function ConfirmPrune({ reasons, application, typed, onTyped }: ConfirmPruneProps) {
  if (reasons.length === 0) return null
  return (
    <div className="mt-4 space-y-2 rounded-md border border-fail-solid/40 bg-fail-soft p-3 text-sm">
      <ul className="space-y-0.5">
        {reasons.map((reason) => (
          <li key={reason} className="break-words">
            {reason}
          </li>
        ))}
      </ul>
      <Field
        label={
          <>
            Type <span className="font-mono">{application}</span> to confirm the deletions
          </>
        }
      >
        <Input
          mono
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onTyped(event.target.value)}
        />
      </Field>
    </div>
  )
}

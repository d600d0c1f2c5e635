'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { Switch } from '@fairlead/ui/switch'
import { Textarea } from '@fairlead/ui/textarea'
import type { ParameterField } from './parameter-fields'

type ParameterControlProps = {
  field: ParameterField
  text: string
  onText: (text: string) => void
  error: string | undefined
}

export function ParameterControl({ field, text, onText, error }: ParameterControlProps) {
  const { title, name, hint, required, initial } = field
  return (
    <Field
      label={
        <>
          {title}
          {title === name ? null : (
            <span className="ml-1.5 font-mono text-xs font-normal text-faint">{name}</span>
          )}
        </>
      }
      hint={hint === '' ? undefined : hint}
      error={error}
      optional={!required && initial === ''}
    >
      <Control field={field} text={text} onText={onText} />
    </Field>
  )
}

function Control({ field, text, onText }: Omit<ParameterControlProps, 'error'>) {
  const { kind, options } = field
  if (kind === 'boolean')
    return <Switch checked={text === 'true'} onCheckedChange={(on) => onText(String(on))} />
  if (kind === 'choice')
    return <Select options={options} value={text === '' ? null : text} onValueChange={onText} />
  if (kind === 'list' || kind === 'json')
    return (
      <Textarea
        mono
        rows={Math.min(10, Math.max(kind === 'json' ? 4 : 3, text.split('\n').length + 1))}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    )
  return (
    <Input
      type={kind === 'date' ? 'date' : kind === 'date-time' ? 'datetime-local' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      mono={kind !== 'text'}
      autoComplete="off"
      value={text}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'

type NamespacesFieldProps = { text: string; problem: string | null; onText: (text: string) => void }

export function NamespacesField({ text, problem, onText }: NamespacesFieldProps) {
  return (
    <Field
      label="Namespaces"
      optional
      error={problem ?? undefined}
      hint="Only where the credential may not read the whole cluster: those it may read, separated by commas."
    >
      <Input
        mono
        value={text}
        placeholder="checkout, payments"
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
      />
    </Field>
  )
}

'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Textarea } from '@fairlead/ui/textarea'
import type { AccessForm, ChangeAccess } from './access-form'

type TokenFieldsProps = { form: AccessForm; change: ChangeAccess }

/** Address, authority and a service account's token, each pasted by itself. */
export function TokenFields({ form, change }: TokenFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      <Field label="API server" hint="As the console reaches it, with its port.">
        <Input
          mono
          value={form.server}
          placeholder="https://k8s.example.com:6443"
          autoComplete="off"
          onChange={(event) => change({ server: event.target.value })}
        />
      </Field>
      <Field
        label="Certificate authority"
        optional
        hint={
          <>
            PEM: <code className="font-mono">ca.crt</code> of the config map{' '}
            <code className="font-mono">kube-root-ca.crt</code>. Left empty, the system’s authorities count.
          </>
        }
      >
        <Textarea
          mono
          rows={4}
          spellCheck={false}
          autoComplete="off"
          placeholder="-----BEGIN CERTIFICATE-----"
          value={form.ca}
          onChange={(event) => change({ ca: event.target.value })}
        />
      </Field>
      <Field
        label="Token"
        hint={
          <>
            Of the service account <code className="font-mono">fairlead-console</code> from{' '}
            <code className="font-mono">infra/rbac</code>. It is encrypted and never shown again.
          </>
        }
      >
        <Input
          mono
          type="password"
          value={form.token}
          placeholder="kubectl create token …"
          autoComplete="off"
          onChange={(event) => change({ token: event.target.value })}
        />
      </Field>
    </div>
  )
}

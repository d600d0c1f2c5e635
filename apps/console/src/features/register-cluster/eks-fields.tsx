'use client'

import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import type { AccessForm, ChangeAccess } from './access-form'
import { EksClusters } from './eks-clusters'

type EksFieldsProps = { form: AccessForm; change: ChangeAccess }

const signers = [
  { value: 'own', label: 'Fairlead’s own', hint: 'Pod Identity, IRSA or the instance role it runs with' },
  { value: 'key', label: 'An access key', hint: 'Encrypted here, and never shown again' },
] as const

/** Region and identity → the account's clusters → one of them. */
export function EksFields({ form, change }: EksFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Region">
          <Input
            mono
            value={form.region}
            placeholder="eu-central-1"
            autoComplete="off"
            onChange={(event) => change({ region: event.target.value })}
          />
        </Field>
        <Field label="AWS identity">
          <Select options={signers} value={form.signer} onValueChange={(signer) => change({ signer })} />
        </Field>
      </div>
      {form.signer === 'key' ? <AccessKey form={form} change={change} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Role to assume" optional hint="For another account, or for a narrower policy.">
          <Input
            mono
            value={form.roleArn}
            placeholder="arn:aws:iam::123456789012:role/fairlead"
            autoComplete="off"
            onChange={(event) => change({ roleArn: event.target.value })}
          />
        </Field>
        <Field label="External ID" optional hint="As the role’s trust policy asks for it.">
          <Input
            mono
            value={form.externalId}
            autoComplete="off"
            onChange={(event) => change({ externalId: event.target.value })}
          />
        </Field>
      </div>
      <EksClusters form={form} change={change} />
    </div>
  )
}

function AccessKey({ form, change }: EksFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Access key ID">
        <Input
          mono
          value={form.accessKeyId}
          placeholder="AKIA…"
          autoComplete="off"
          onChange={(event) => change({ accessKeyId: event.target.value })}
        />
      </Field>
      <Field label="Secret access key">
        <Input
          mono
          type="password"
          value={form.accessKeySecret}
          autoComplete="off"
          onChange={(event) => change({ accessKeySecret: event.target.value })}
        />
      </Field>
    </div>
  )
}

'use client'

import type { Environment } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { PageHeader } from '@fairlead/ui/page-header'
import { Select } from '@fairlead/ui/select'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { toast } from '@/features/shell/toast'
import { clusterHref } from '@/features/clusters/cluster-mark'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { alone } from '@/live/api-client'
import { useTRPC, useTRPCClient, type ApiInputs } from '@/live/trpc'
import { AccessFields } from './access-fields'
import { accessOf, blankAccess, hintedForm, missingOf, type AccessForm } from './access-form'
import { contextsIn } from './contexts-in'
import { NamespacesField } from './namespaces-field'
import { parseLabels } from './parse-labels'
import { parseNamespaces } from './parse-namespaces'
import { PreviewCard } from './preview-card'
import { useMayManageClusters } from './use-may-manage'

type RegisterInput = ApiInputs['cluster']['register']
interface Form extends AccessForm {
  readonly name: string
  readonly environment: Environment
  readonly labels: string
  readonly namespaces: string
}

const blank: Form = { ...blankAccess, name: '', environment: 'development', labels: '', namespaces: '' }
const environments = [
  { value: 'production', label: 'Production', hint: 'Asks for the typed name before anything destructive' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development', hint: 'May skip TLS verification' },
] as const

export function RegisterPage() {
  const [form, setForm] = useState(blank)
  const router = useRouter()
  const client = useTRPCClient()
  const denied = useMayManageClusters()
  const contexts = useMemo(() => contextsIn(form.kubeconfig), [form.kubeconfig])
  const labels = useMemo(() => parseLabels(form.labels), [form.labels])
  const namespaces = useMemo(() => parseNamespaces(form.namespaces), [form.namespaces])
  const context = form.context ?? contexts.current ?? contexts.names[0] ?? null
  const preview = useMutation({
    mutationFn: (input: RegisterInput) => client.cluster.preview.query(input, alone),
  })
  const register = useMutation(
    useTRPC().cluster.register.mutationOptions({
      onSuccess: (_, { name }) => {
        toast.success(`${name} is registered`, { description: 'Its inventory comes in now.' })
        router.push(clusterHref(name))
      },
    }),
  )
  const change = (changes: Partial<Form>) => {
    setForm({ ...form, ...changes })
    preview.reset()
    register.reset()
  }
  const input: RegisterInput = {
    ...accessOf(form, context),
    name: form.name.trim(),
    environment: form.environment,
    labels: labels.labels,
    namespaces: namespaces.namespaces,
  }
  const missing = denied ?? missingIn(form, labels.problem ?? namespaces.problem)
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Clusters', href: '/settings/clusters' },
          { label: 'Register' },
        ]}
      />
      <PageHeader
        title="Register cluster"
        description="Fairlead connects with the credential you give it, watches what it may see, and never acts outside its rights."
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Where it is">
          <div className="flex flex-col gap-4">
            <AccessFields form={form} change={change} contexts={contexts.names} context={context} />
            <Identity form={form} change={change} labelProblem={labels.problem} />
            <NamespacesField
              text={form.namespaces}
              problem={namespaces.problem}
              onText={(text) => change({ namespaces: text })}
            />
            <Button
              loading={preview.isPending}
              disabledReason={missing}
              onClick={() => preview.mutate(input)}
              className="self-start"
            >
              Check the connection
            </Button>
          </div>
        </Card>
        <PreviewCard
          preview={preview.data}
          previewing={preview.isPending}
          error={register.error ?? preview.error}
          registering={register.isPending}
          name={input.name}
          onRegister={() => register.mutate(input)}
          onEks={(hint) => change(hintedForm(hint))}
        />
      </div>
    </>
  )
}

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function missingIn(form: Form, problem: string | null): string | null {
  const missing = missingOf(form)
  if (missing !== null) return missing
  if (form.name.trim() === '') return 'Give the cluster a name first.'
  if (!namePattern.test(form.name.trim())) return 'The name takes lower-case letters, digits and dashes.'
  return problem
}

type IdentityProps = { form: Form; change: (changes: Partial<Form>) => void; labelProblem: string | null }

function Identity({ form, change, labelProblem }: IdentityProps) {
  const badName = form.name.trim() !== '' && !namePattern.test(form.name.trim())
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Name"
          error={badName ? 'Lower-case letters, digits and dashes, e.g. "checkout-eu".' : undefined}
        >
          <Input
            value={form.name}
            placeholder="staging"
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label="Environment">
          <Select
            options={environments}
            value={form.environment}
            onValueChange={(environment) => change({ environment })}
          />
        </Field>
      </div>
      <Field
        label="Labels"
        optional
        error={labelProblem ?? undefined}
        hint="key=value, separated by commas. Stages can select clusters by them."
      >
        <Input
          mono
          value={form.labels}
          placeholder="region=eu, tier=gold"
          autoComplete="off"
          onChange={(event) => change({ labels: event.target.value })}
        />
      </Field>
    </>
  )
}

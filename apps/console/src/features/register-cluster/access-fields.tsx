'use client'

import type { AccessWay } from '@fairlead/contracts/cluster-access'
import { Field } from '@fairlead/ui/field'
import { Select } from '@fairlead/ui/select'
import { Tabs } from '@fairlead/ui/tabs'
import type { AccessForm, ChangeAccess } from './access-form'
import { EksFields } from './eks-fields'
import { KubeconfigField } from './kubeconfig-field'
import { TokenFields } from './token-fields'

type AccessFieldsProps = {
  form: AccessForm
  change: ChangeAccess
  contexts: readonly string[]
  context: string | null
}

const labels = {
  kubeconfig: 'Kubeconfig',
  token: 'Token',
  eks: 'EKS',
  inCluster: 'In-cluster',
} as const satisfies Record<AccessWay, string>

/** The ways to a cluster, one tab each. */
export function AccessFields({ form, change, contexts, context }: AccessFieldsProps) {
  const content: Record<AccessWay, React.ReactNode> = {
    kubeconfig: (
      <div className="flex flex-col gap-4">
        <KubeconfigField
          value={form.kubeconfig}
          onChange={(kubeconfig) => change({ kubeconfig, context: null })}
        />
        {contexts.length > 1 ? (
          <Field label="Context" hint={`The file has ${contexts.length}; one becomes this cluster.`}>
            <Select
              options={contexts.map((name) => ({ value: name, label: name }))}
              value={context}
              onValueChange={(next) => change({ context: next })}
            />
          </Field>
        ) : null}
      </div>
    ),
    token: <TokenFields form={form} change={change} />,
    eks: <EksFields form={form} change={change} />,
    inCluster: (
      <p className="text-sm text-pretty text-muted">
        The cluster that Fairlead itself runs in, by the service account of its pods: the kubelet renews that
        token, so there is nothing to paste and nothing to rotate. Outside of a cluster the check says so.
      </p>
    ),
  }
  const ways = Object.keys(labels) as AccessWay[]
  return (
    <Tabs
      label="How the cluster is reached"
      items={ways.map((way) => ({ value: way, label: labels[way], content: content[way] }))}
      value={form.way}
      onValueChange={(way) => {
        const next = ways.find((candidate) => candidate === way)
        if (next !== undefined) change({ way: next })
      }}
    />
  )
}

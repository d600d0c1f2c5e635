'use client'

import { Button } from '@fairlead/ui/button'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useMutation } from '@tanstack/react-query'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import { awsOf, missingOfAws, type AccessForm, type ChangeAccess } from './access-form'
import { Refusal } from './refusal'

type EksClustersProps = { form: AccessForm; change: ChangeAccess }

/** What the account has in this region. A name can be typed too: who may not list may still register. */
export function EksClusters({ form, change }: EksClustersProps) {
  const client = useTRPCClient()
  const list = useMutation({
    mutationFn: (input: ReturnType<typeof awsOf>) => client.cluster.listEks.query(input, alone),
  })
  const asked = list.variables?.region ?? form.region
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Field label="EKS cluster">
          <Input
            value={form.cluster}
            placeholder="production"
            autoComplete="off"
            onChange={(event) => change({ cluster: event.target.value })}
          />
        </Field>
        <Button
          loading={list.isPending}
          disabledReason={missingOfAws(form)}
          onClick={() => list.mutate(awsOf(form))}
        >
          List clusters
        </Button>
      </div>
      {list.isPending ? <SkeletonRows rows={3} label={`Asking EKS in ${asked}`} /> : null}
      {list.error ? <Refusal error={list.error} /> : null}
      {list.data && !list.isPending ? (
        <fieldset className="rounded-md border border-line">
          <legend className="ml-2 px-1 text-xs break-all text-muted">
            {list.data.account}, {list.data.arn}
          </legend>
          {list.data.clusters.length === 0 ? (
            <p className="px-3 pt-1 pb-3 text-sm text-pretty text-muted">
              No EKS cluster in {asked}. Choose the region that it runs in, or the role of the account that
              owns it.
            </p>
          ) : (
            <ul className="max-h-64 divide-y divide-line overflow-y-auto">
              {list.data.clusters.map((name) => (
                <li key={name}>
                  <label className="flex h-9 cursor-pointer items-center gap-2.5 px-3 text-sm hover:bg-hover">
                    <input
                      type="radio"
                      name="eks-cluster"
                      className="accent-accent"
                      checked={form.cluster === name}
                      onChange={() => change({ cluster: name })}
                    />
                    <span className="truncate">{name}</span>
                  </label>
                </li>
              ))}
            </ul>
          )}
        </fieldset>
      ) : null}
    </div>
  )
}

'use client'

import type { ClusterDetail } from '@fairlead/contracts/cluster'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { NamespacesField } from './namespaces-field'
import { parseNamespaces } from './parse-namespaces'
import { Refusal } from './refusal'
import { useMayManageClusters } from './use-may-manage'

/** Which namespaces are watched, where the credential may not read them all. */
export function NamespacesCard({ detail }: { detail: ClusterDetail }) {
  const { cluster, watchedNamespaces } = detail
  const trpc = useTRPC()
  const queries = useQueryClient()
  const denied = useMayManageClusters()
  const [text, setText] = useState(watchedNamespaces.join(', '))
  const { namespaces, problem } = useMemo(() => parseNamespaces(text), [text])
  const same = [...namespaces].sort().join() === [...watchedNamespaces].sort().join()
  const set = useMutation(
    trpc.cluster.setNamespaces.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.cluster.get.queryKey() })
        toast.success(`The namespaces of ${cluster.name} are set`, {
          description: 'What is no longer watched is forgotten; what is new comes in now.',
        })
      },
    }),
  )
  return (
    <Card
      title="Watched namespaces"
      description={
        watchedNamespaces.length === 0
          ? 'The whole cluster is watched.'
          : `Only ${watchedNamespaces.join(', ')}: nothing is known of the others.`
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (problem === null && !same) set.mutate({ cluster: cluster.name, namespaces })
        }}
      >
        <NamespacesField text={text} problem={problem} onText={setText} />
        <Button
          type="submit"
          size="sm"
          className="self-start"
          loading={set.isPending}
          disabledReason={denied ?? problem ?? (same ? 'These are watched already.' : undefined)}
        >
          Set namespaces
        </Button>
        {set.error ? <Refusal error={set.error} /> : null}
      </form>
    </Card>
  )
}

'use client'

import type { RunId } from '@fairlead/contracts/ids'
import { CopyButton } from '@fairlead/ui/copy-button'
import { KeyValue } from '@fairlead/ui/key-value'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { LongValue } from '@/features/runs/long-value'
import { useTRPC } from '@/live/trpc'
import type { DecidedTask } from './decide-task-dialog'

/** Exactly what is approved: the question, the version, the inputs, the digest that binds them, and what it lets go on. */
export function TaskApprovalFacts({ item }: { item: DecidedTask }) {
  const { run, task, approval } = item
  const { data } = useQuery(useTRPC().run.get.queryOptions({ run: run.id as RunId }))
  const next = data?.graph.filter(({ needs }) => needs.includes(task)).map(({ id }) => id) ?? []
  const parameters = Object.entries(data?.parameters ?? {})
  return (
    <KeyValue
      entries={[
        {
          key: 'Message',
          value: approval.message ? (
            <span className="whitespace-pre-wrap">{approval.message}</span>
          ) : (
            <span className="text-muted">The definition gives none.</span>
          ),
        },
        { key: 'Definition', value: `${run.project}/${run.workflow}, version ${run.version}` },
        {
          key: 'Parameters',
          value: data ? (
            parameters.length === 0 ? (
              <span className="text-muted">none</span>
            ) : (
              parameters.map(([name, value]) => (
                <span key={name} className="block font-mono text-xs leading-5 break-all">
                  <span className="text-muted">{name}=</span>
                  <LongValue value={value} />
                </span>
              ))
            )
          ) : (
            <Skeleton className="h-4 w-40" />
          ),
        },
        {
          key: 'Lets go on',
          value: data ? (
            next.length === 0 ? (
              <span className="text-muted">nothing waits for it directly</span>
            ) : (
              <span className="font-mono text-xs leading-5">{next.join(', ')}</span>
            )
          ) : (
            <Skeleton className="h-4 w-40" />
          ),
        },
        {
          key: 'Digest',
          mono: true,
          value: (
            <span className="flex items-center gap-1">
              <span className="truncate" title={approval.digest}>
                {approval.digest.slice(0, 16)}…
              </span>
              <CopyButton text={approval.digest} label="Copy the digest" className="-my-1" />
            </span>
          ),
        },
      ]}
    />
  )
}

'use client'

import { hands } from '@fairlead/contracts/hand-states'
import { rolesGranting } from '@fairlead/contracts/permissions'
import type { PodRow, WorkloadDetail } from '@fairlead/contracts/inventory'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { DeniedState } from '@fairlead/ui/denied-state'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useMutation } from '@tanstack/react-query'
import { SquareTerminal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useWhyNot } from '@/features/hands/use-hand'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useUrlParams } from '@/features/rollouts/url-param'
import type { ObjectRef } from '@/features/workloads/object-ref'
import { useTRPC } from '@/live/trpc'

const TerminalView = dynamic(() => import('./terminal-view'), {
  ssr: false,
  loading: () => <SkeletonRows rows={12} className={frame} />,
})
const frame = 'rounded-lg border border-line bg-surface'

type ShellTabProps = { detail: WorkloadDetail; objectRef: ObjectRef }

/** First where and why, then the terminal: a reload never opens one by itself. */
export default function ShellTab({ detail, objectRef }: ShellTabProps) {
  const whyNot = useWhyNot()
  const [opened, setOpened] = useState<Opened | null>(null)
  const running = detail.pods.filter(({ containers }) => containers.some(isRunning))
  if (whyNot('shell') !== null) {
    const { permission } = hands.shell
    return (
      <DeniedState
        what="You may not open a shell in a container."
        right={permission}
        grantedBy={rolesGranting(permission)}
        className={`max-w-none ${frame}`}
      />
    )
  }
  if (opened !== null)
    return (
      <TerminalView
        key={opened.ticket}
        ticket={opened.ticket}
        place={`${opened.pod} / ${opened.container}`}
        onAgain={() => setOpened(null)}
        onClose={() => setOpened(null)}
      />
    )
  if (running.length === 0)
    return (
      <EmptyState
        title="No container runs here"
        icon={<SquareTerminal aria-hidden />}
        className={`max-w-none ${frame}`}
      >
        A shell needs a running container. The logs may tell why there is none.
      </EmptyState>
    )
  return <ShellForm detail={detail} objectRef={objectRef} pods={running} onOpened={setOpened} />
}

interface Opened {
  readonly ticket: string
  readonly pod: string
  readonly container: string
}
const isRunning = ({ state }: PodRow['containers'][number]): boolean => /^running/i.test(state)
const shells = { any: undefined, sh: ['sh'], bash: ['bash'] } as const

type ShellFormProps = ShellTabProps & { pods: readonly PodRow[]; onOpened: (opened: Opened) => void }

function ShellForm({ detail, objectRef, pods, onOpened }: ShellFormProps) {
  const [params, set] = useUrlParams()
  const [shell, setShell] = useState<keyof typeof shells>('any')
  const [reason, setReason] = useState('')
  const open = useMutation(useTRPC().pod.openShell.mutationOptions())
  const pod = pods.find(({ name }) => name === params.get('pod')) ?? pods[0]
  const containers = (pod?.containers ?? []).filter(isRunning)
  const container = containers.find(({ name }) => name === params.get('container')) ?? containers[0]
  if (pod === undefined || container === undefined) return null
  const production = detail.cluster.environment === 'production'
  const place = { pod: pod.name, container: container.name }
  return (
    <Card title="Open a shell" className="max-w-2xl">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          const { cluster } = objectRef
          const command = shells[shell]
          open.mutate(
            {
              ...place,
              cluster,
              namespace: pod.namespace ?? '',
              ...(command === undefined ? {} : { command: [...command] }),
              ...(reason.trim() === '' ? {} : { reason }),
            },
            { onSuccess: ({ ticket }) => onOpened({ ticket, ...place }) },
          )
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          {pods.length > 1 ? (
            <Field label="Pod">
              <Select
                value={pod.name}
                onValueChange={(next) => set({ pod: next, container: null })}
                options={pods.map(({ name }) => ({ value: name, label: name }))}
              />
            </Field>
          ) : null}
          <Field label="Container">
            <Select
              value={container.name}
              onValueChange={(next) => set({ container: next })}
              options={containers.map(({ name }) => ({ value: name, label: name }))}
            />
          </Field>
          <Field label="Shell">
            <Select
              value={shell}
              onValueChange={setShell}
              options={[
                { value: 'any', label: 'bash, else sh' },
                { value: 'bash', label: 'bash' },
                { value: 'sh', label: 'sh' },
              ]}
            />
          </Field>
        </div>
        <Field
          label={production ? 'Reason' : 'Reason (optional)'}
          hint={
            production
              ? `${detail.cluster.name} is a production cluster: the audit log says why.`
              : 'Stands in the audit log.'
          }
        >
          <Input
            required={production}
            maxLength={500}
            value={reason}
            placeholder="Checkout is slow; looking at its connections"
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {open.error ? <FaultText error={open.error} /> : null}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant="primary"
            icon={<SquareTerminal aria-hidden />}
            loading={open.isPending}
          >
            Open a shell
          </Button>
          <span className="text-xs text-muted">
            Its begin and its end stand in the audit log; what you type does not.
          </span>
        </div>
      </form>
    </Card>
  )
}

'use client'

import { drainStates } from '@fairlead/contracts/hand-states'
import type { DrainView } from '@fairlead/contracts/hands'
import type { ClusterId, DrainId } from '@fairlead/contracts/ids'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { Progress } from '@fairlead/ui/progress'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { useWhyNot } from './use-hand'

type DrainsProps = { cluster: string; node?: string }

/** Drains of a cluster, or of one node: those that run, and of one node the last that ended. */
export function Drains({ cluster, node }: DrainsProps) {
  const { data } = useQuery(
    useTRPC().node.drains.queryOptions({
      cluster: cluster as ClusterId,
      ...(node === undefined ? {} : { node, limit: 1 }),
    }),
  )
  const shown = (data ?? []).filter(({ state }) => node !== undefined || state === 'running')
  return shown.map((drain) => <DrainCard key={drain.id} drain={drain} />)
}

function DrainCard({ drain }: { drain: DrainView }) {
  const { state, message, total, gone, waiting } = drain
  const running = state === 'running'
  return (
    <Card title={`Drain of ${drain.node}`} className="mb-4">
      <div className="flex flex-col gap-2 text-sm">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <StatusMark tone={drainStates[state].tone} word={drainStates[state].word} reason={message} />
          {running ? <CancelDrain drain={drain} /> : null}
        </div>
        {total > 0 ? (
          <Progress
            value={gone}
            max={total}
            tone={drainStates[state].tone}
            label={`${gone} of ${total} pods are gone`}
          />
        ) : null}
        <p className="text-xs text-muted">
          Asked for by {drain.requester} <RelativeTime at={drain.startedAt} />
          {running ? (
            <>
              , gives up <RelativeTime at={drain.deadlineAt} />
            </>
          ) : null}
          .
        </p>
        {waiting.length > 0 ? (
          <ul aria-label="Pods that are still there" className="max-h-40 overflow-auto text-xs text-muted">
            {waiting.map((pod) => (
              <li key={`${pod.namespace}/${pod.name}`}>
                <span className="text-fg">
                  {pod.namespace}/{pod.name}
                </span>{' '}
                {pod.reason}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  )
}

function CancelDrain({ drain }: { drain: DrainView }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const whyNot = useWhyNot()
  const cancel = useMutation(
    trpc.node.cancelDrain.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.node.pathKey() })
        toast.success(`The drain of ${drain.node} is cancelled`, {
          description: 'It stays cordoned, and what was evicted stays evicted.',
        })
      },
      onError: (error) => void toast.error(faultOf(error).message),
    }),
  )
  return (
    <Button
      size="sm"
      loading={cancel.isPending}
      disabledReason={whyNot('drain')}
      onClick={() => cancel.mutate({ drain: drain.id as DrainId })}
    >
      Cancel the drain
    </Button>
  )
}

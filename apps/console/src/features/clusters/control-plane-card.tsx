'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import {
  controlPlaneComponents,
  type ComponentImpact,
  type ComponentState,
} from '@fairlead/contracts/control-plane'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { useQuery } from '@tanstack/react-query'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { AffectedWorkloads } from './affected-workloads'
import { countsEveryMs } from './use-clusters'

const looks: Record<ComponentState, { tone: Tone; word: string }> = {
  ok: { tone: 'ok', word: 'Answers' },
  failing: { tone: 'failing', word: 'Failing' },
  unknown: { tone: 'unknown', word: 'Unknown' },
}

/** What each part does, how we know how it is, and what its failure means for what runs here. */
export function ControlPlaneCard({ cluster }: { cluster: ClusterCard }) {
  const { data, error } = useQuery(
    useTRPC().cluster.controlPlane.queryOptions(
      { cluster: cluster.name },
      { refetchInterval: countsEveryMs },
    ),
  )
  return (
    <Card
      flush
      title="Control plane"
      description="What each part does, how we know, and what its failure means"
      footer={
        data?.seenAt && data.components.some(({ now }) => now !== null) ? (
          <>
            Workloads and pods as they were seen <RelativeTime at={data.seenAt} />.
          </>
        ) : undefined
      }
    >
      {data === undefined ? (
        error ? (
          <p className="px-4 py-3 text-sm text-muted">{faultOf(error).message}</p>
        ) : (
          <SkeletonRows rows={5} />
        )
      ) : data.components.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          Not checked yet: the watcher has not reached this cluster.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {data.components.map((component) => (
            <Component key={component.component} cluster={cluster} component={component} />
          ))}
        </ul>
      )}
    </Card>
  )
}

type ComponentProps = { cluster: ClusterCard; component: ComponentImpact }

function Component({ cluster, component }: ComponentProps) {
  const { name, role } = controlPlaneComponents[component.component]
  const failing = component.state === 'failing'
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[11rem_7rem_1fr]">
      <div>
        <p className="font-medium">{name}</p>
        <p className="text-xs text-muted">{role}</p>
      </div>
      <div>
        <StatusMark {...looks[component.state]} />
      </div>
      <div className="flex min-w-0 flex-col gap-1 text-sm">
        <p className="break-words">{component.evidence}</p>
        <p className={failing ? 'text-fail' : 'text-muted'}>
          {failing ? '' : 'If it fails: '}
          {component.impact}
        </p>
        {component.now ? <p className="font-medium">{component.now}</p> : null}
        <AffectedWorkloads cluster={cluster.name} impact={component} />
        <Signals component={component} />
      </div>
    </li>
  )
}

/** Everything that was looked at; open while something is wrong. */
function Signals({ component }: { component: ComponentImpact }) {
  const { signals, checkedAt, state } = component
  return (
    <details className="text-xs text-muted" open={state === 'failing' && signals.length > 1}>
      <summary className="w-fit cursor-pointer rounded-sm text-faint hover:text-fg">
        {checkedAt ? (
          <>
            checked <RelativeTime at={checkedAt} />
          </>
        ) : (
          'not checked'
        )}
        {signals.length > 0 ? ` · ${signals.length} ${signals.length === 1 ? 'signal' : 'signals'}` : ''}
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5">
        {signals.map((signal) => (
          <li key={signal.what} className="flex gap-1.5">
            <StatusMark tone={looks[signal.state].tone} word={signal.what} className="shrink-0 text-xs" />
            <span className="min-w-0 break-words">{signal.words}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

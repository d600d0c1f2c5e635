'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useHumanTasks } from '@/features/approvals/use-human-tasks'
import { exceptionsWaitingFor, tasksWaitingFor, waitingFor } from '@/features/approvals/waiting-for'
import { AppShell } from '@/features/shell/app-shell'
import type { Connection, ShellData } from '@/features/shell/shell-data'
import { LiveProvider, useLive } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { signOut } from './sign-out'

type ConsoleFrameProps = {
  data: ShellData
  cursor: string
  initiallyCollapsed: boolean
  children: ReactNode
}

/** The shell with its one live connection. */
export function ConsoleFrame({ cursor, ...rest }: ConsoleFrameProps) {
  return (
    <LiveProvider cursor={cursor}>
      <ConnectedShell {...rest} />
    </LiveProvider>
  )
}

const stateOf = { connecting: 'reconnecting', live: 'live', offline: 'offline' } as const

function ConnectedShell({ data, initiallyCollapsed, children }: Omit<ConsoleFrameProps, 'cursor'>) {
  const { state, lastEventAt } = useLive()
  const approvalsWaiting = useApprovalsWaiting(data.approvalsWaiting)
  const connection: Connection = { state: stateOf[state], lastEventAt }
  return (
    <AppShell
      data={{ ...data, approvalsWaiting }}
      initiallyCollapsed={initiallyCollapsed}
      connection={connection}
      onSignOut={() => void signOut()}
    >
      {children}
    </AppShell>
  )
}

/** Airflow tells of nothing by itself, and is asked from every open page. */
const countEveryMs = 60_000

/** As the server said it, and from then on as it changes: stages of rollouts, tasks of workflows and of Airflow, exceptions from windows. */
function useApprovalsWaiting(atFirst: number | null): number | null {
  const trpc = useTRPC()
  const enabled = atFirst !== null
  const rollouts = useQuery(trpc.approval.list.queryOptions({}, { enabled, select: waitingFor }))
  const tasks = useQuery(trpc.run.approvals.queryOptions({}, { enabled, select: tasksWaitingFor }))
  const exceptions = useQuery(trpc.exception.list.queryOptions({}, { enabled, select: exceptionsWaitingFor }))
  const { items } = useHumanTasks({ enabled, everyMs: countEveryMs })
  const humans = items.filter(({ mine }) => mine.passed).length
  if (rollouts.data === undefined) return atFirst
  if ([tasks, exceptions].some(({ data, isError }) => data === undefined && !isError)) return atFirst
  return rollouts.data + (tasks.data ?? 0) + (exceptions.data ?? 0) + humans
}

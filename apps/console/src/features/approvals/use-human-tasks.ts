'use client'

import type { HumanTaskList, HumanTaskView } from '@fairlead/contracts/airflow-human'
import { useQueries, useQuery } from '@tanstack/react-query'
import { asked, listEveryMs } from '@/features/airflow/asked'
import { useTRPC } from '@/live/trpc'

/** A task of Airflow that waits for people, with what is needed to answer it. */
export interface HumanTaskItem {
  readonly connection: string
  readonly task: HumanTaskView
  readonly mine: HumanTaskList['mine']
  /** When it was read. */
  readonly at: string
}
export interface HumanTasksAsked {
  readonly items: readonly HumanTaskItem[]
  /** Airflows that do not answer, or refuse to: nothing is known of what waits there. */
  readonly silent: readonly { readonly connection: string; readonly error: unknown }[]
  /** Whether each has answered or failed by now. */
  readonly settled: boolean
}

/** Every connection is asked by itself, so that a silent one keeps nothing else out of the inbox. */
export function useHumanTasks({ enabled = true, everyMs = listEveryMs } = {}): HumanTasksAsked {
  const trpc = useTRPC()
  const connections = useQuery(trpc.airflow.list.queryOptions({}, { enabled }))
  const names = connections.data?.map(({ name }) => name) ?? []
  const answers = useQueries({
    queries: names.map((connection) =>
      trpc.airflow.humanTasks.queryOptions({ connection }, { ...asked(everyMs), enabled }),
    ),
  })
  const items: HumanTaskItem[] = []
  const silent: { connection: string; error: unknown }[] = []
  answers.forEach(({ data, error }, place) => {
    const connection = names[place]
    if (connection === undefined) return
    if (error) silent.push({ connection, error })
    else if (data)
      items.push(...data.tasks.map((task) => ({ connection, task, mine: data.mine, at: data.at })))
  })
  const known = connections.data !== undefined || connections.isError
  return {
    items,
    silent,
    settled: known && answers.every(({ data, error }) => data !== undefined || error !== null),
  }
}

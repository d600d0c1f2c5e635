'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { AttemptView, RunTask } from '@fairlead/contracts/workflow'
import { useQueries } from '@tanstack/react-query'
import { useTRPCClient } from '@/live/trpc'

export type AttemptsByRow = ReadonlyMap<string, readonly AttemptView[]>
export const rowOf = ({ id, index }: Pick<RunTask, 'id' | 'index'>): string => `${id}[${index}]`

/** Its own times alone would hide what happened between its attempts. */
export const isRetried = ({ attempts, state }: Pick<RunTask, 'attempts' | 'state'>): boolean =>
  attempts > 1 || state === 'retrying'

/**
 * Attempts of the rows in sight that have retries. The key holds what the row says of them, so that each is asked
 * again exactly when its row has changed, not with every change of the run.
 */
export function useAttempts(run: string, tasks: readonly RunTask[]): AttemptsByRow {
  const client = useTRPCClient()
  const retried = tasks.filter(isRetried)
  return useQueries({
    queries: retried.map((task) => ({
      queryKey: [
        'gantt-attempts',
        run,
        rowOf(task),
        task.state,
        task.attempts,
        task.startedAt,
        task.finishedAt,
      ],
      staleTime: Infinity,
      queryFn: async () => {
        const { attemptList } = await client.run.task.query({
          run: run as RunId,
          task: task.id,
          index: task.index,
        })
        return attemptList
      },
    })),
    combine: (answers): AttemptsByRow =>
      new Map(retried.flatMap((task, at) => (answers[at]?.data ? [[rowOf(task), answers[at].data]] : []))),
  })
}

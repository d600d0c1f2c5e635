'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'

const pageSize = 500
const mostAtOnce = 1_000

/** The fan-outs whose indexes are shown, in the address: `?open=settle,verify`; more of them are loaded on demand. */
export function useOpenedIndexes(run: RunView) {
  const [params, set] = useUrlParams()
  const trpc = useTRPC()
  const [limits, setLimits] = useState<Readonly<Record<string, number>>>({})
  const fanOuts = new Set(run.tasks.filter(({ indexes }) => indexes !== null).map(({ id }) => id))
  const ids = (params.get('open') ?? '').split(',').filter((id) => fanOuts.has(id))
  const opened = useQueries({
    queries: ids.map((task) =>
      trpc.run.indexes.queryOptions({ run: run.id as RunId, task, limit: limits[task] ?? pageSize }),
    ),
    combine: (answers): ReadonlyMap<string, readonly RunTask[]> =>
      new Map(ids.map((id, at) => [id, answers[at]?.data?.tasks ?? []])),
  })
  const toggle = (id: string) =>
    set({ open: (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]).join(',') })
  const more = (id: string) => setLimits((all) => ({ ...all, [id]: mostAtOnce }))
  return { opened, toggle, more }
}

'use client'

import type { WorkflowCheck } from '@fairlead/contracts/workflow'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { alone } from '@/live/api-client'
import { useTRPC } from '@/live/trpc'

const settleMs = 350

/** The document as the server sees it, soon after the last key. The graph of the last readable text stays. */
export function useCheck(text: string, file: string) {
  const trpc = useTRPC()
  const settled = useSettled(text)
  const check = useQuery(
    trpc.workflow.check.queryOptions(
      { document: settled, file },
      {
        enabled: settled.trim() !== '',
        placeholderData: keepPreviousData,
        staleTime: 60_000,
        gcTime: 10_000,
        trpc: alone,
      },
    ),
  )
  const [last, setLast] = useState<WorkflowCheck | null>(null)
  if (check.data && check.data.tasks.length > 0 && check.data !== last) setLast(check.data)
  return {
    check: check.data ?? null,
    /** What is drawn: maybe of an earlier text. */
    drawn: last,
    outdated: last !== null && check.data !== last,
    checking: settled !== text || check.isFetching,
    error: check.error,
  }
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

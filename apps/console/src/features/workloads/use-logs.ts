'use client'

import { useEffect, useState } from 'react'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import { appendLines, noLines, sinceOf, type LogBuffer } from './log-buffer'
import type { ObjectRef } from './object-ref'

const pollMs = 1_500
const afterErrorMs = 5_000
const tailLines = 1_000
const laterLines = 5_000

type LogQuery = { readonly container: string | null; readonly previous: boolean }
interface Logs {
  readonly buffer: LogBuffer
  /** Pods whose log could not be read, in words. */
  readonly missing: readonly string[]
  readonly error: unknown
  readonly loaded: boolean
}
const nothing: Logs = { buffer: noLines, missing: [], error: null, loaded: false }

/** Merged logs of all pods, followed by asking again from the newest line on while the page is in sight. */
export function useLogs(ref: ObjectRef, { container, previous }: LogQuery, following: boolean): Logs {
  const client = useTRPCClient()
  const source = JSON.stringify({ ...ref, container, previous })
  const [state, setState] = useState({ source, logs: nothing })
  // `source` says by value what `ref`, `container` and `previous` are; the buffer is only where to go on.
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let buffer = state.source === source ? state.logs.buffer : noLines
    const again = (waitMs: number) => {
      if (following && !previous && !stop.signal.aborted) timer = setTimeout(() => void poll(), waitMs)
    }
    const poll = async () => {
      if (document.hidden && buffer !== noLines) return again(pollMs)
      const since = previous ? null : sinceOf(buffer)
      const query = {
        ...ref,
        previous,
        tailLines: since === null ? tailLines : laterLines,
        ...(container === null ? {} : { container }),
        ...(since === null ? {} : { since }),
      }
      try {
        const { lines, missing } = await client.workload.logs.query(query, { ...alone, signal: stop.signal })
        buffer = appendLines(buffer, lines)
        const logs = { buffer, missing, error: null, loaded: true }
        setState({ source, logs })
        again(pollMs)
      } catch (error) {
        if (stop.signal.aborted) return
        setState({ source, logs: { buffer, missing: [], error, loaded: true } })
        again(afterErrorMs)
      }
    }
    void poll()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, source, following])
  return state.source === source ? state.logs : nothing
}

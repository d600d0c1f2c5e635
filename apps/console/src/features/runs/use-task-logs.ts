'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { TaskLogs } from '@fairlead/contracts/workflow'
import { useEffect, useState } from 'react'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import { emptyLog, withLines, type TaskLog } from './task-log-buffer'

type LogPlace = { run: string; task: string; index: number; attempt: number }
export type FollowedLog = {
  readonly log: TaskLog
  readonly archived: boolean
  /** Why there is nothing to read (yet), in words. */
  readonly missing: string | null
  readonly error: unknown
  readonly loaded: boolean
  /** Nothing more will come. */
  readonly complete: boolean
}
const nothing: FollowedLog = {
  log: emptyLog,
  archived: false,
  missing: null,
  error: null,
  loaded: false,
  complete: false,
}

const pollMs = 1_200
const busyMs = 250
const afterErrorMs = 5_000

/** One attempt's log from its beginning, followed from cursor to cursor while it is in sight. */
export function useTaskLogs({ run, task, index, attempt }: LogPlace, live: boolean): FollowedLog {
  const client = useTRPCClient()
  const source = `${run} ${task} ${index} ${attempt}`
  const [state, setState] = useState({ source, followed: nothing })
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let followed = nothing
    let cursor: string | null = null
    const again = (waitMs: number) => {
      if (!stop.signal.aborted) timer = setTimeout(() => void poll(), waitMs)
    }
    const show = (next: FollowedLog) => {
      followed = next
      setState({ source, followed })
    }
    const poll = async () => {
      if (document.hidden && followed.loaded) return again(pollMs)
      try {
        const answer: TaskLogs = await client.run.logs.query(
          { run: run as RunId, task, index, attempt, cursor },
          { ...alone, signal: stop.signal },
        )
        cursor = answer.cursor
        const complete = answer.cursor === null && (answer.missing === null || !live)
        show(after(followed, answer, complete))
        if (!complete) again(answer.lines.length > 0 ? busyMs : pollMs)
      } catch (error) {
        if (stop.signal.aborted) return
        show({ ...followed, error, loaded: true })
        again(afterErrorMs)
      }
    }
    void poll()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
    // `live` only says whether to wait for an attempt that has no log yet: a change of it restarts nothing by itself.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, source])
  return state.source === source ? state.followed : nothing
}

const after = (
  before: FollowedLog,
  { lines, archived, missing }: TaskLogs,
  complete: boolean,
): FollowedLog => ({
  log: withLines(before.log, lines),
  archived,
  missing,
  error: null,
  loaded: true,
  complete,
})

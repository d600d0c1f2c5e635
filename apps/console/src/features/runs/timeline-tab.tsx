'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Timeline } from '@fairlead/ui/timeline'
import type { Tone } from '@fairlead/ui/tone'
import { useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { TaskLink } from './task-link'

/** Kinds of entries are open: what is not known here is shown without a colour. */
export function entryTone(kind: string): Tone {
  if (/fail|reject|lost|miss|timeout|oom/.test(kind)) return 'failing'
  if (/succe|approved|complete|passed/.test(kind)) return 'ok'
  if (/await|wait|approval|retry|defer|queue/.test(kind)) return 'waiting'
  if (/cancel|skip/.test(kind)) return 'neutral'
  if (/start|run|launch|expand|ready|clear|resum|adopt/.test(kind)) return 'progress'
  return 'neutral'
}

const firstShown = 200

/** What happened to the run, the newest first. */
export function TimelineTab({ run }: { run: RunView }) {
  const [text, setText] = useTextParam('find')
  const [most, setMost] = useState(firstShown)
  const wanted = text.trim().toLowerCase()
  const entries = useMemo(
    () =>
      run.timeline
        .map((entry, position) => ({ ...entry, id: String(position) }))
        .filter(({ task, message }) => `${task ?? ''} ${message}`.toLowerCase().includes(wanted))
        .reverse(),
    [run.timeline, wanted],
  )
  if (run.timeline.length === 0)
    return (
      <EmptyState title="Nothing has happened yet" className="rounded-lg border border-line bg-surface">
        The engine writes here what it decides and what it sees.
      </EmptyState>
    )
  return (
    <>
      <div className="pb-3">
        <FilterInput
          label="Filter the timeline"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Card>
        {entries.length === 0 ? <p className="text-sm text-muted">Nothing in it fits this filter.</p> : null}
        <Timeline
          label="What happened"
          events={entries.slice(0, most).map(({ id, at, kind, message, task, index }) => ({
            id,
            at,
            title: message,
            tone: entryTone(kind),
            detail: task === null ? undefined : <TaskLink task={task} index={index} />,
          }))}
        />
        {entries.length > most ? (
          <Button size="sm" className="mt-3" onClick={() => setMost(most + firstShown)}>
            {(entries.length - most).toLocaleString('en')} older
          </Button>
        ) : null}
      </Card>
    </>
  )
}

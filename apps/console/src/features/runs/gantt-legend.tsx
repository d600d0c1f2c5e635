import { Route } from 'lucide-react'
import type { ReactNode } from 'react'
import { GanttShape } from './gantt-shape'

/** What the shapes of a bar mean, in words. */
export function GanttLegend({ critical }: { critical: boolean }) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      <Entry word="waits">
        <GanttShape kind="wait" tone="neutral" />
      </Entry>
      <Entry word="ready">
        <GanttShape kind="ready" tone="waiting" />
      </Entry>
      <Entry word="starting">
        <GanttShape kind="start" tone="progress" />
      </Entry>
      <Entry word="runs">
        <GanttShape kind="run" tone="progress" />
      </Entry>
      <Entry word="succeeded">
        <GanttShape kind="run" tone="ok" />
      </Entry>
      <Entry word="failed">
        <GanttShape kind="run" tone="failing" />
      </Entry>
      <Entry word="until the next attempt">
        <GanttShape kind="backoff" tone="waiting" />
      </Entry>
      <Entry word="approval or event">
        <GanttShape kind="held" tone="waiting" />
      </Entry>
      {critical ? (
        <li className="flex items-center gap-1.5 font-medium text-fg">
          <Route aria-hidden className="size-3.5" />
          critical path
        </li>
      ) : null}
    </ul>
  )
}

function Entry({ word, children }: { word: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden width="22" height="16">
        {children}
      </svg>
      {word}
    </li>
  )
}

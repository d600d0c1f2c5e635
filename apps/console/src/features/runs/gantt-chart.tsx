'use client'

import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { useNow } from '@fairlead/ui/use-now'
import { useRowWindow } from '@fairlead/ui/use-row-window'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useNarrow } from '@/features/workloads/use-narrow'
import { GanttAxis } from './gantt-axis'
import { GanttBacking } from './gantt-backing'
import { domainOf } from './gantt-bars'
import { GanttRowView } from './gantt-row'
import { ganttRows, type GanttRow } from './gantt-rows'
import { rowOf, useAttempts } from './use-attempts'
import { useOpenedIndexes } from './use-opened-indexes'
import { useTaskPlace } from './use-task-place'
import { useWidth } from './use-width'

type GanttChartProps = { run: RunView; zoom: number; cursor: string | null }

export const rowHeight = 32
/** Pixels: of the names, after the last moment for the words beside a bar, and between two ticks. */
const sizes = {
  wide: { labelWidth: 232, rightMargin: 104, apart: 88 },
  narrow: { labelWidth: 136, rightMargin: 64, apart: 56 },
}

/** Rows of tasks over one axis of time; only the rows in sight are drawn. */
export function GanttChart({ run, zoom, cursor }: GanttChartProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const clock = useNow()
  const now = runStates[run.state].terminal && run.finishedAt ? Date.parse(run.finishedAt) : clock
  const { labelWidth, rightMargin, apart } = sizes[useNarrow() ? 'narrow' : 'wide']
  const width = useWidth(scroller)
  const shown = Math.max(160, (width ?? 1_000) - labelWidth)
  const chart = { width: shown * zoom, plot: shown * zoom - rightMargin }
  const domain = useMemo(() => domainOf(run, now), [run, now])
  const { opened, toggle, more } = useOpenedIndexes(run)
  const rows = useMemo(
    () => ganttRows({ graph: run.graph, tasks: run.tasks, opened }),
    [run.graph, run.tasks, opened],
  )
  const { items, before, after, reveal } = useRowWindow({ count: rows.length, rowHeight, scroller })
  const attempts = useAttempts(
    run.id,
    items.flatMap((at) => taskOf(rows[at])),
  )
  const { task: selected, open } = useTaskPlace()
  const critical = useMemo(() => new Set(run.criticalPath), [run.criticalPath])
  useKeptCentre(scroller, zoom)
  useEffect(() => {
    const at = rows.findIndex(({ key }) => key === cursor)
    if (at >= 0) reveal(at)
    // Rows move with the run; only the keys' own step scrolls.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor, reveal])
  const geometry = { domain, now, width: chart.width, plot: chart.plot, labelWidth, apart }
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Gantt chart"
      tabIndex={0}
      className="relative max-h-[max(20rem,calc(100dvh-23rem))] overflow-auto rounded-lg border border-line bg-surface"
    >
      <div className="relative inline-block min-w-full align-top">
        <GanttAxis geometry={geometry} />
        <div className="relative">
          <GanttBacking geometry={geometry} run={run} rows={rows} />
          <svg aria-hidden width="1" height={before} className="block" />
          <ul aria-label="Tasks over time" className={cn('relative', width === null && 'invisible')}>
            {items.map((at) => {
              const row = rows[at]
              return row ? (
                <GanttRowView
                  key={row.key}
                  row={row}
                  geometry={geometry}
                  attempts={row.kind === 'more' ? null : (attempts.get(rowOf(row.task)) ?? null)}
                  critical={row.kind === 'task' && critical.has(row.task.id)}
                  active={isActive(row, cursor, selected)}
                  isOpen={row.kind === 'task' && opened.has(row.task.id)}
                  onToggle={toggle}
                  onMore={more}
                  onOpen={open}
                />
              ) : null
            })}
          </ul>
          <svg aria-hidden width="1" height={after} className="block" />
        </div>
      </div>
    </div>
  )
}

const taskOf = (row: GanttRow | undefined): RunTask[] =>
  row === undefined || row.kind === 'more' ? [] : [row.task]

const isActive = (row: GanttRow, cursor: string | null, selected: string | null): boolean =>
  row.kind === 'task' && row.task.id === (selected ?? cursor)

/** Zooming keeps what is in the middle in the middle. */
function useKeptCentre(scroller: { current: HTMLElement | null }, zoom: number): void {
  const last = useRef(zoom)
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || last.current === zoom) return
    const half = box.clientWidth / 2
    box.scrollLeft = (box.scrollLeft + half) * (zoom / last.current) - half
    last.current = zoom
  }, [scroller, zoom])
}

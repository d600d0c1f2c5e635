'use client'

import { cn } from '@fairlead/ui/cn'
import { toneFill, type Tone } from '@fairlead/ui/tone'
import { useRowWindow } from '@fairlead/ui/use-row-window'
import { useRouter } from 'next/navigation'
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { longestMs, moved, type GridPlace } from './grid-model'

const rowHeight = 28
const cellWidth = 24

export type RunsGridColumn = {
  readonly id: string
  /** In a sentence: "#12". */
  readonly name: string
  /** Name, state and times in words. */
  readonly text: string
  readonly hint: string
  readonly tone: Tone
  readonly durationMs: number | null
  readonly mark: ReactNode
}
export type RunsGridCell = { readonly word: string; readonly mark: ReactNode }
type RunsGridProps = {
  /** Newest last. */
  columns: readonly RunsGridColumn[]
  tasks: readonly string[]
  /** Null: the run has no such task. */
  cellOf: (task: string, column: number) => RunsGridCell | null
  hrefOf: (run: RunsGridColumn, task: string | undefined) => string
}

/** Runs as columns, newest right, under bars of their length; tasks as rows. Every mark opens the task in its run. */
export function RunsGrid({ columns: runs, tasks, cellOf, hrefOf }: RunsGridProps) {
  const router = useRouter()
  const scroller = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: Math.max(0, runs.length - 1) })
  const [said, setSaid] = useState<GridPlace | null>(null)
  const { items, before, after, reveal } = useRowWindow({ count: tasks.length, rowHeight, scroller })
  const open = ({ row, column }: GridPlace) => {
    const run = runs[column]
    if (run) router.push(hrefOf(run, tasks[row]))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(place, event.key, { rows: tasks.length, columns: runs.length })
    if (next === null) return
    event.preventDefault()
    setPlace(next)
    setSaid(next)
    if (next.row >= 0) reveal(next.row)
    requestAnimationFrame(() => cellAt(scroller.current, next)?.focus())
  }
  const mouse = {
    onClick: (event: MouseEvent) => {
      const at = placeOf(event.target)
      if (at) open(at)
    },
    onMouseOver: (event: MouseEvent) => setSaid(placeOf(event.target)),
    onMouseLeave: () => setSaid(null),
  }
  const cell = (row: number, column: number) => ({
    type: 'button' as const,
    'data-cell': `${row}:${column}`,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
    onFocus: () => setSaid({ row, column }),
  })
  // The newest runs stand right: that is where people look first.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box) box.scrollLeft = box.scrollWidth
  }, [])
  const longest = longestMs(runs)
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface">
      <div ref={scroller} className="max-h-[calc(100dvh-18rem)] min-h-40 overflow-auto rounded-t-lg">
        <table
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its cells take the arrow keys
          role="grid"
          aria-label="Tasks by run"
          aria-rowcount={tasks.length + 1}
          onKeyDown={onKeyDown}
          {...mouse}
          className="w-full table-fixed border-separate border-spacing-0 text-xs"
        >
          <colgroup>
            <col className="w-36 sm:w-58" />
            {runs.map(({ id }) => (
              <col key={id} width={cellWidth} />
            ))}
            <col />
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 border-r border-b border-line bg-surface px-3 pb-1.5 text-left align-bottom font-normal text-muted"
              >
                Task
              </th>
              {runs.map((run, column) => (
                <th
                  key={run.id}
                  scope="col"
                  className={cn(
                    'sticky top-0 z-10 border-b border-line bg-surface p-0',
                    said?.column === column && 'bg-hover',
                  )}
                >
                  <button
                    {...cell(-1, column)}
                    aria-label={`Run ${run.text}`}
                    className="flex w-full flex-col items-center gap-1 pt-2 pb-1.5 focus-visible:-outline-offset-2"
                  >
                    <DurationBar run={run} longest={longest} />
                    {run.mark}
                  </button>
                </th>
              ))}
              <th aria-hidden className="sticky top-0 z-10 border-b border-line bg-surface" />
            </tr>
          </thead>
          <tbody>
            <Gap height={before} columns={runs.length + 2} />
            {items.map((row) => {
              const task = tasks[row]
              if (task === undefined) return null
              return (
                <tr key={task} aria-rowindex={row + 2} className={cn('h-7', said?.row === row && 'bg-hover')}>
                  <th
                    scope="row"
                    title={task}
                    className="sticky left-0 z-[5] truncate border-r border-line bg-surface px-3 text-left font-mono font-normal"
                  >
                    {task}
                  </th>
                  {runs.map((run, column) => {
                    const found = cellOf(task, column)
                    return (
                      <td
                        key={run.id}
                        className={cn('p-0', said?.column === column && said.row !== row && 'bg-hover')}
                      >
                        <button
                          {...cell(row, column)}
                          aria-label={`${task} in run ${run.name}: ${found?.word ?? 'no such task then'}`}
                          className="mx-auto flex size-6 items-center justify-center rounded-sm hover:bg-line-strong focus-visible:-outline-offset-2"
                        >
                          {found?.mark ?? <span className="text-faint">·</span>}
                        </button>
                      </td>
                    )
                  })}
                  <td />
                </tr>
              )
            })}
            <Gap height={after} columns={runs.length + 2} />
          </tbody>
        </table>
      </div>
      <Said place={said} runs={runs} tasks={tasks} cellOf={cellOf} />
    </div>
  )
}

/** Ticks would be too much in 24 pixels: the exact length is said below. */
function DurationBar({ run, longest }: { run: RunsGridColumn; longest: number }) {
  const height = run.durationMs === null ? 3 : Math.max(3, Math.round((run.durationMs / longest) * 44))
  return (
    <svg aria-hidden width="12" height="44" className="block">
      <rect
        x="0"
        y={44 - height}
        width="12"
        height={height}
        rx="2"
        className={toneFill({ tone: run.tone })}
      />
    </svg>
  )
}

/** What the pointer or the keyboard is on, in words. */
function Said({ place, runs, tasks, cellOf }: SaidProps) {
  const run = place === null ? undefined : runs[place.column]
  const task = place === null ? undefined : tasks[place.row]
  const cell = place && task !== undefined ? cellOf(task, place.column) : null
  return (
    <p className="flex h-8 items-center gap-2 truncate border-t border-line px-3 text-xs text-muted">
      {run ? (
        <>
          {task === undefined ? null : (
            <>
              <span className="font-mono text-fg">{task}</span>
              <span className="text-fg">{cell?.word ?? 'no such task then'}</span>
              <span className="text-faint">in run</span>
            </>
          )}
          <span>{run.text}</span>
          <span className="text-faint">{run.hint}</span>
        </>
      ) : (
        'Bars show how long a run took. Arrow keys move, Enter opens the task in its run.'
      )}
    </p>
  )
}

type SaidProps = {
  place: GridPlace | null
  runs: readonly RunsGridColumn[]
  tasks: readonly string[]
  cellOf: RunsGridProps['cellOf']
}

function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} className="p-0">
        <svg width="1" height={height} className="block" />
      </td>
    </tr>
  )
}

const cellAt = (scroller: HTMLElement | null, { row, column }: GridPlace) =>
  scroller?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)

function placeOf(target: EventTarget): GridPlace | null {
  const said = target instanceof Element ? target.closest('[data-cell]')?.getAttribute('data-cell') : null
  if (!said) return null
  const [row = 0, column = 0] = said.split(':').map(Number)
  return { row, column }
}

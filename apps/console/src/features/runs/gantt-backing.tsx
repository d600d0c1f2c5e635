import type { RunView } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { firstMoment } from './gantt-bars'
import { xOf, type GanttGeometry } from './gantt-geometry'
import { criticalLinks, type GanttRow } from './gantt-rows'
import { ticksOf } from './gantt-scale'

type GanttBackingProps = { geometry: GanttGeometry; run: RunView; rows: readonly GanttRow[] }

const rowHeight = 32

/** What lies behind the bars: the grid, now, deadline and forecast, and the links of the critical path. */
export function GanttBacking({ geometry, run, rows }: GanttBackingProps) {
  const { domain, width, plot, labelWidth, now, apart } = geometry
  const height = rows.length * rowHeight
  const live = !runStates[run.state].terminal
  return (
    <svg
      aria-hidden
      width={labelWidth + width}
      height={height}
      className="pointer-events-none absolute top-0 left-0"
    >
      <g transform={`translate(${labelWidth} 0)`}>
        {ticksOf(domain, { width: plot, apart }).map(({ at }) => (
          <line
            key={at}
            x1={xOf(geometry, at)}
            x2={xOf(geometry, at)}
            y2={height}
            className="stroke-line"
            shapeRendering="crispEdges"
          />
        ))}
        {criticalLinks(rows, run.criticalPath).map(([from, to]) => (
          <path
            key={`${from}-${to}`}
            d={linkPath(geometry, { rows, from, to })}
            fill="none"
            strokeWidth="1.5"
            className="stroke-fg opacity-70"
          />
        ))}
        {live ? <Moment x={xOf(geometry, now)} height={height} look="stroke-accent-text" /> : null}
        {live && run.deadline ? <Ahead geometry={geometry} run={run} height={height} /> : null}
      </g>
    </svg>
  )
}

function Ahead({ geometry, run, height }: { geometry: GanttGeometry; run: RunView; height: number }) {
  const within = (at: string | null | undefined): number | null => {
    const moment = at ? Date.parse(at) : Number.NaN
    return moment >= geometry.domain.from && moment <= geometry.domain.to ? xOf(geometry, moment) : null
  }
  const deadline = within(run.deadline?.at)
  const forecast = within(run.deadline?.forecastAt)
  return (
    <>
      {forecast === null ? null : (
        <Moment x={forecast} height={height} look="stroke-muted" dash="3 3" word="forecast" />
      )}
      {deadline === null ? null : (
        <Moment x={deadline} height={height} look="stroke-fail-solid" word="deadline" />
      )}
    </>
  )
}

type MomentProps = { x: number; height: number; look: string; dash?: string; word?: string }

function Moment({ x, height, look, dash, word }: MomentProps) {
  return (
    <>
      <line x1={x} x2={x} y2={height} strokeWidth="1" strokeDasharray={dash} className={look} />
      {word ? (
        <text x={x + 4} y={height - 4} className={cn('text-2xs', 'fill-muted')}>
          {word}
        </text>
      ) : null}
    </>
  )
}

type Link = { rows: readonly GanttRow[]; from: number; to: number }

/** From where one task of the path ended, down to where the next one could begin. */
function linkPath(geometry: GanttGeometry, { rows, from, to }: Link): string {
  const one = rows[from]
  const other = rows[to]
  if (one?.kind !== 'task' || other?.kind !== 'task') return ''
  const end = Date.parse(one.task.finishedAt ?? '') || geometry.now
  const begin = firstMoment(other.task, null) ?? end
  const middle = (row: number) => row * rowHeight + rowHeight / 2
  const x = xOf(geometry, end)
  return `M ${x} ${middle(from)} V ${middle(to)} H ${Math.max(x, xOf(geometry, begin))}`
}

'use client'

import type { AttemptView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { Tooltip } from '@fairlead/ui/tooltip'
import { segmentsOf, type Segment } from './gantt-bars'
import { xOf, type GanttGeometry } from './gantt-geometry'
import type { GanttRow } from './gantt-rows'
import { GanttShape } from './gantt-shape'
import { indexText } from './index-bar'
import { isRetried } from './use-attempts'

type GanttBarProps = {
  row: Exclude<GanttRow, { kind: 'more' }>
  geometry: GanttGeometry
  attempts: readonly AttemptView[] | null
  critical: boolean
}

const middle = 16
/** Until its attempts are there, nobody can say how each of them went. */
const unread = { tone: 'unknown', word: 'Its attempts are being read' } as const

/** What one row did when; each piece tells its exact times. */
export function GanttBar({ row, geometry, attempts, critical }: GanttBarProps) {
  const { task } = row
  const known = attempts !== null || !isRetried(task)
  const segments = segmentsOf({
    task,
    attempts,
    holds: row.kind === 'task' && row.node !== null && row.node.kind !== 'run',
    start: geometry.domain.from,
    now: geometry.now,
  }).map((segment) => (known || segment.kind !== 'run' ? segment : { ...segment, ...unread }))
  const fanOut = row.kind === 'task' ? task.indexes : null
  const last = segments.at(-1)
  const begun = segments.find(({ kind }) => kind !== 'wait')
  const words = segments.map((segment) => `${segment.word}, ${lengthText(segment)}`).join('; ')
  return (
    <svg
      role="img"
      aria-label={`${task.id}: ${words}`}
      width={geometry.width}
      height="32"
      className="relative block shrink-0"
    >
      {segments.map((segment) => {
        const place = placeOf(geometry, segment)
        return (
          <g key={`${segment.kind}${segment.from}`}>
            {fanOut && segment.kind === 'run' ? (
              <FanOutShape {...place} counts={fanOut} open={segment.open} />
            ) : (
              <GanttShape kind={segment.kind} tone={segment.tone} middle={middle} {...place} />
            )}
            {critical && (segment.kind === 'run' || segment.kind === 'held') ? (
              <rect
                x={place.x - 1.5}
                y={middle - 9}
                width={Math.max(2, place.width) + 3}
                height="18"
                rx="3"
                fill="none"
                strokeWidth="1.5"
                className="stroke-fg"
              />
            ) : null}
            <Tooltip content={<Times segment={segment} />} delayMs={60}>
              <rect x={place.x} width={Math.max(6, place.width)} height="32" fill="transparent" />
            </Tooltip>
          </g>
        )
      })}
      {last ? (
        <text
          x={xOf(geometry, last.to) + 6}
          y={middle + 4}
          strokeWidth="4"
          paintOrder="stroke"
          className="fill-muted stroke-surface text-2xs"
        >
          {fanOut
            ? `${(fanOut.succeeded + fanOut.failed).toLocaleString('en')}/${fanOut.size.toLocaleString('en')}`
            : ''}
          {fanOut && begun ? ' · ' : ''}
          {begun ? lengthText({ from: begun.from, to: last.to }) : endWord(task.state)}
        </text>
      ) : null}
    </svg>
  )
}

/** A task that ended without ever being ready says so beside its line. */
function endWord(state: keyof typeof taskStates): string {
  const { terminal, word } = taskStates[state]
  return terminal ? word.toLowerCase() : ''
}

const placeOf = (geometry: GanttGeometry, { from, to }: { from: number; to: number }) => {
  const x = xOf(geometry, from)
  return { x, width: xOf(geometry, to) - x }
}

const lengthText = ({ from, to }: { from: number; to: number }): string => durationText(to - from)

type FanOutShapeProps = {
  x: number
  width: number
  counts: { size: number; succeeded: number; failed: number }
  open: boolean
}

/** One bar for all indexes: as long as they took together, filled by how many have ended and how. */
function FanOutShape({ x, width, counts, open }: FanOutShapeProps) {
  const whole = Math.max(2, width)
  const part = (count: number) => (counts.size === 0 ? 0 : (count / counts.size) * whole)
  return (
    <>
      <rect
        x={x}
        y={middle - 7}
        width={whole}
        height="14"
        rx="2"
        className={
          open ? 'fill-progress-soft stroke-progress-solid' : 'fill-unknown-soft stroke-unknown-solid'
        }
      >
        <title>{indexText(counts)}</title>
      </rect>
      <rect x={x} y={middle - 7} width={part(counts.succeeded)} height="14" className="fill-ok-solid" />
      <rect
        x={x + part(counts.succeeded)}
        y={middle - 7}
        width={part(counts.failed)}
        height="14"
        className="fill-fail-solid"
      />
    </>
  )
}

function Times({ segment }: { segment: Segment }) {
  const { word, from, to, open } = segment
  return (
    <span className="block">
      <span className="block font-medium">
        {word}, {lengthText(segment)}
      </span>
      <span className="block text-muted">
        {momentText(from)} – {open ? 'now' : momentText(to)} UTC
      </span>
      <span className="block text-muted">{exactText(new Date(from)).slice(0, 10)}</span>
    </span>
  )
}

/** To the millisecond: steps of a quick run are shorter than a second. */
const momentText = (at: number): string =>
  `${exactText(new Date(at)).slice(11, 19)}.${String(at % 1000).padStart(3, '0')}`

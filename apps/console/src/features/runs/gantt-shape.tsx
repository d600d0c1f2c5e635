import { cn } from '@fairlead/ui/cn'
import { toneFill, type Tone } from '@fairlead/ui/tone'
import type { SegmentKind } from './gantt-bars'

type GanttShapeProps = {
  kind: SegmentKind
  tone: Tone
  /** Pixels. */
  x?: number
  width?: number
  middle?: number
}

const thinnest = 2

/** One piece of a bar: its height and its stroke say what it is, its colour how it ended. */
export function GanttShape({ kind, tone, x = 1, width = 20, middle = 8 }: GanttShapeProps) {
  if (kind === 'wait' || kind === 'backoff')
    return (
      <line
        x1={x}
        x2={x + width}
        y1={middle}
        y2={middle}
        strokeWidth={kind === 'wait' ? 1 : 1.5}
        strokeDasharray={kind === 'wait' ? '1 3' : '4 3'}
        className={kind === 'wait' ? 'stroke-faint' : 'stroke-wait-solid'}
      />
    )
  const height = kind === 'ready' ? 4 : kind === 'start' ? 8 : 14
  return (
    <rect
      x={x}
      y={middle - height / 2}
      width={Math.max(thinnest, width)}
      height={height}
      rx={Math.min(2, height / 4)}
      className={cn(
        kind === 'held' ? 'fill-wait-soft stroke-wait-solid' : toneFill({ tone }),
        (kind === 'ready' || kind === 'start') && 'opacity-60',
      )}
    />
  )
}

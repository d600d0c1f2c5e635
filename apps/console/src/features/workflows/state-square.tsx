import { runStates, taskStates, type RunState, type TaskState } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { toneFill, toneText, type Tone } from '@fairlead/ui/tone'

export type SquareShape =
  'full' | 'cross' | 'bang' | 'half' | 'hollow' | 'minus' | 'clock' | 'person' | 'skip' | 'slash' | 'again'

const ofRun: Readonly<Record<RunState, SquareShape>> = {
  queued: 'clock',
  running: 'half',
  cancelling: 'slash',
  succeeded: 'full',
  succeeded_with_failures: 'bang',
  failed: 'cross',
  cancelled: 'minus',
}
const ofTask: Readonly<Record<TaskState, SquareShape>> = {
  waiting: 'hollow',
  ready: 'clock',
  running: 'half',
  retrying: 'again',
  deferred: 'clock',
  awaiting_approval: 'person',
  expanded: 'half',
  succeeded: 'full',
  failed: 'cross',
  upstream_failed: 'slash',
  skipped: 'skip',
  cancelled: 'minus',
}

/** White lines on the filled square; the rest is drawn as an outline. */
const signs: Readonly<Partial<Record<SquareShape, string>>> = {
  cross: 'M5.5 5.5l5 5m0-5l-5 5',
  bang: 'M8 4.5v4.5m0 2.4v.1',
  slash: 'M5.5 10.5l5-5',
  person: 'M8 7.5a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2m-3 4.2a3 3 0 0 1 6 0',
  clock: 'M8 4.8v3.4l2.2 1.3',
  again: 'M11 8a3 3 0 1 1-.9-2.1M11 4.5v2H9',
  skip: 'M5 5.5l3 2.5-3 2.5m3.5-5l3 2.5-3 2.5',
  minus: 'M5.5 8h5',
}

type SquareProps = { className?: string | undefined }

/** A state where there is room for a mark only: told by shape and colour, its word is the reader's title. */
export const RunSquare = ({ state, className }: SquareProps & { state: RunState }) => (
  <StateSquare tone={runStates[state].tone} shape={ofRun[state]} className={className} />
)

export const TaskSquare = ({ state, className }: SquareProps & { state: TaskState }) => (
  <StateSquare tone={taskStates[state].tone} shape={ofTask[state]} className={className} />
)

/** For states that are not ours, too. */
export function StateSquare({ tone, shape, className }: SquareProps & { tone: Tone; shape: SquareShape }) {
  const sign = signs[shape]
  const quiet = tone === 'neutral'
  const outlined = quiet || shape === 'half'
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={cn('block size-4 shrink-0', toneText({ tone }), className)}
      fill="none"
      stroke="currentColor"
    >
      <rect
        x={outlined ? 1.75 : 1}
        y={outlined ? 1.75 : 1}
        width={outlined ? 12.5 : 14}
        height={outlined ? 12.5 : 14}
        rx={3.5}
        strokeWidth={outlined ? 1.5 : 0}
        className={cn(!outlined && toneFill({ tone }), quiet && 'stroke-line-strong')}
      />
      {shape === 'half' ? (
        <path
          d="M4 8h8v2.5a1.5 1.5 0 0 1-1.5 1.5h-5A1.5 1.5 0 0 1 4 10.5z"
          fill="currentColor"
          strokeWidth={0}
        />
      ) : null}
      {sign ? (
        <path
          d={sign}
          strokeWidth={1.6}
          strokeLinecap="round"
          strokeLinejoin="round"
          className={outlined ? undefined : 'stroke-surface'}
        />
      ) : null}
    </svg>
  )
}

import { airflowState } from '@fairlead/contracts/airflow'
import { StatusMark, type StatusMarkProps } from '@fairlead/ui/status-mark'
import {
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  RotateCw,
  SkipForward,
  UserCheck,
  type LucideIcon,
} from 'lucide-react'
import { StateSquare, type SquareShape } from '@/features/workflows/state-square'

interface Look {
  readonly icon: LucideIcon
  readonly shape: SquareShape
}
const waits: Look = { icon: Hourglass, shape: 'clock' }
const runs: Look = { icon: CircleDotDashed, shape: 'half' }
const again: Look = { icon: RotateCw, shape: 'again' }
const none: Look = { icon: CircleDashed, shape: 'hollow' }

/** States of one colour differ by shape; a state that a later Airflow invents has the empty one, and its name. */
const looks: Readonly<Record<string, Look>> = {
  queued: waits,
  scheduled: waits,
  deferred: waits,
  up_for_reschedule: waits,
  running: runs,
  restarting: again,
  up_for_retry: again,
  awaiting_input: { icon: UserCheck, shape: 'person' },
  success: { icon: CircleCheck, shape: 'full' },
  failed: { icon: CircleX, shape: 'cross' },
  upstream_failed: { icon: CircleSlash, shape: 'slash' },
  skipped: { icon: SkipForward, shape: 'skip' },
  removed: { icon: CircleSlash, shape: 'minus' },
}
const lookOf = (state: string | null): Look => (state === null ? none : (looks[state] ?? none))

type StateProps = { state: string | null }

export const AirflowStateMark = ({
  state,
  ...rest
}: StateProps & Pick<StatusMarkProps, 'variant' | 'className' | 'reason'>) => {
  const { tone, word } = airflowState(state)
  return <StatusMark tone={tone} word={word} icon={lookOf(state).icon} {...rest} />
}

export const AirflowSquare = ({ state, className }: StateProps & { className?: string | undefined }) => (
  <StateSquare tone={airflowState(state).tone} shape={lookOf(state).shape} className={className} />
)

export const stateWord = (state: string | null): string => airflowState(state).word

import { runStates, taskStates, type RunState, type TaskState } from '@fairlead/contracts/workflow-states'
import { StatusMark, type StatusMarkProps } from '@fairlead/ui/status-mark'
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleDotDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  RotateCw,
  SkipForward,
  UserCheck,
  type LucideIcon,
} from 'lucide-react'

/** Where a mark has no room for its word, states of one colour still differ by shape. */
export const taskStateIcons: Readonly<Record<TaskState, LucideIcon>> = {
  waiting: CircleDashed,
  ready: CircleDot,
  running: CircleDotDashed,
  retrying: RotateCw,
  deferred: Hourglass,
  awaiting_approval: UserCheck,
  expanded: CircleDotDashed,
  succeeded: CircleCheck,
  failed: CircleX,
  upstream_failed: CircleSlash,
  skipped: SkipForward,
  cancelled: Ban,
}

export const runStateIcons: Readonly<Record<RunState, LucideIcon>> = {
  queued: Hourglass,
  running: CircleDotDashed,
  cancelling: Ban,
  succeeded: CircleCheck,
  succeeded_with_failures: CircleAlert,
  failed: CircleX,
  cancelled: Ban,
}

type Look = Pick<StatusMarkProps, 'variant' | 'className' | 'reason'>

export const TaskStateMark = ({ state, ...look }: { state: TaskState } & Look) => (
  <StatusMark
    tone={taskStates[state].tone}
    word={taskStates[state].word}
    icon={taskStateIcons[state]}
    {...look}
  />
)

export const RunStateMark = ({ state, ...look }: { state: RunState } & Look) => (
  <StatusMark
    tone={runStates[state].tone}
    word={runStates[state].word}
    icon={runStateIcons[state]}
    {...look}
  />
)

import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { toneText } from '@fairlead/ui/tone'
import { taskStateIcons } from '@/features/workflows/states'

/** A state where a row has room for its icon only; its word is the title. */
export function TaskIcon({ state }: { state: TaskState }) {
  const { tone, word } = taskStates[state]
  const Icon = taskStateIcons[state]
  return (
    <span title={word} className={cn('shrink-0', toneText({ tone }))}>
      <Icon
        aria-hidden
        className={cn('size-3.5', tone === 'progress' && 'animate-[spin_3s_linear_infinite]')}
      />
    </span>
  )
}

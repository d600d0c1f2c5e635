import { attemptStates, type AttemptState } from '@fairlead/contracts/workflow-states'
import { StatusMark } from '@fairlead/ui/status-mark'

export const AttemptMark = ({ state, className }: { state: AttemptState; className?: string }) => (
  <StatusMark tone={attemptStates[state].tone} word={attemptStates[state].word} className={className} />
)

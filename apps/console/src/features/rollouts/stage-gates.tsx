import { gateStates } from '@fairlead/contracts/rollout-states'
import type { StageGateView, StageView } from '@fairlead/contracts/rollout'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { StatusMark } from '@fairlead/ui/status-mark'
import { TextLink } from '@fairlead/ui/text-link'
import { runHref } from '@/features/runs/addresses'
import { RunStateMark } from '@/features/workflows/states'

const isRunState = (state: string): state is RunState => Object.hasOwn(runStates, state)

function GateMark({ state, className }: { state: StageGateView['state']; className?: string }) {
  if (isRunState(state)) return <RunStateMark state={state} className={className} />
  return <StatusMark tone={gateStates[state].tone} word={gateStates[state].word} className={className} />
}

function GateName({ gate }: { gate: StageGateView }) {
  if (gate.airflow !== null && gate.url !== null)
    return (
      <a
        href={gate.url}
        target="_blank"
        rel="noreferrer"
        className="rounded-sm text-accent-text underline decoration-current/35 underline-offset-2 hover:decoration-current"
      >
        {gate.workflow}
      </a>
    )
  if (gate.airflow !== null || gate.run === null) return gate.workflow
  return (
    <TextLink href={runHref(gate.run)}>
      {gate.workflow} #{gate.number}
    </TextLink>
  )
}

type StageGatesProps = {
  gates: StageView['gates']
  when: StageGateView['when']
  /** Tells each run's reason too. */
  reasons?: boolean
  className?: string
}

const titles = { before: 'Runs before it', step: 'Judges it', after: 'Runs after it' } as const
const labels = {
  before: 'Workflows before it',
  step: 'Workflow of the step',
  after: 'Workflows after it',
} as const

/** The workflows and DAGs that run before a stage's objects, or after them, with their runs. */
export function StageGates({ gates, when, reasons = false, className }: StageGatesProps) {
  const shown = gates.filter((gate) => gate.when === when)
  if (shown.length === 0) return null
  return (
    <div className={cn('text-xs', className)}>
      <p className="text-muted">{titles[when]}</p>
      <ol aria-label={labels[when]} className="mt-0.5 space-y-1">
        {shown.map((gate, index) => (
          <li key={`${gate.workflow}${index}`}>
            <span className="flex items-center gap-2">
              <span className="min-w-0 truncate" title={gate.reason || undefined}>
                <GateName gate={gate} />
              </span>
              <GateMark state={gate.state} className="ml-auto shrink-0 text-xs" />
            </span>
            {reasons && gate.reason !== '' ? <p className="break-words text-muted">{gate.reason}</p> : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

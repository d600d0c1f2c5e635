'use client'

import { isTerminal, stageStates, targetStates } from '@fairlead/contracts/rollout-states'
import type { RolloutView, StageView } from '@fairlead/contracts/rollout'
import { Duration } from '@fairlead/ui/duration'
import { StatusMark } from '@fairlead/ui/status-mark'
import { Stepper, type StepperStage } from '@fairlead/ui/stepper'
import { rolloutHref } from './addresses'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { DeadlineClock } from './deadline-clock'
import { ReleaseTag } from './release-tag'
import { StageGates } from './stage-gates'
import { wavesThrough } from './wave-words'

/** The stages in the order a release passes them; each opens below. */
export function StageColumns({ rollout, current }: { rollout: RolloutView; current: string | undefined }) {
  const stages = rollout.stages.map<StepperStage>((stage) => ({
    id: stage.name,
    name: stage.name,
    tone: stageStates[stage.state].tone,
    word: stageStates[stage.state].word,
    reason: stage.reason ? (
      <span className="line-clamp-2" title={stage.reason}>
        {stage.reason}
      </span>
    ) : undefined,
    current: stage.name === current,
    href: rolloutHref(rollout.id, stage.name),
    children: <StageColumn stage={stage} release={rollout.release} />,
  }))
  return <Stepper label="Stages" stages={stages} />
}

type StageColumnProps = { stage: StageView; release: RolloutView['release'] }

function StageColumn({ stage, release }: StageColumnProps) {
  const shown = stage.targets.slice(0, 4)
  const wentBack = stage.state === 'rolling_back' || stage.state === 'rolled_back'
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        {stage.base && stage.base.number !== release.number ? (
          <>
            <ReleaseTag release={wentBack ? release : stage.base} /> <span aria-label="to">→</span>
            <ReleaseTag release={wentBack ? stage.base : release} className="text-fg" />
          </>
        ) : (
          <ReleaseTag release={release} className="text-fg" />
        )}
      </div>
      <StageGates gates={stage.gates} when="before" />
      {stage.waves ? <p className="text-xs text-muted">{wavesThrough(stage, stage.waves)}</p> : null}
      <ul className="space-y-1">
        {shown.map((target) => (
          <li key={target.id} className="flex items-center gap-2">
            <ClusterMark cluster={target.cluster} href={null} className="text-xs" />
            <StatusMark
              tone={targetStates[target.state].tone}
              word={targetStates[target.state].word}
              className="ml-auto shrink-0 text-xs"
            />
          </li>
        ))}
        {stage.targets.length > shown.length ? (
          <li className="text-xs text-muted">and {stage.targets.length - shown.length} more targets</li>
        ) : null}
      </ul>
      <StageGates gates={stage.gates} when="after" />
      {stage.convergeMs !== null ? (
        <p className="text-xs text-muted">
          converged in <Duration ms={stage.convergeMs} className="font-medium text-fg" />
        </p>
      ) : null}
      <StageDeadlines stage={stage} />
    </div>
  )
}

export function StageDeadlines({ stage }: { stage: StageView }) {
  const { progressAt, totalAt } = stage.deadlines
  if (isTerminal.stage(stage.state) || (progressAt === null && totalAt === null)) return null
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2 pt-0.5">
      {progressAt ? (
        <DeadlineClock
          label="Progress deadline"
          hint="Moves on with every progress. Without any until"
          at={progressAt}
          since={stage.startedAt}
        />
      ) : null}
      {totalAt ? (
        <DeadlineClock
          label="Total deadline"
          hint="Does not move. Not converged by"
          at={totalAt}
          since={stage.startedAt}
        />
      ) : null}
    </div>
  )
}

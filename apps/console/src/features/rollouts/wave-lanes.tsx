'use client'

import { laneStanding, laneStandings } from '@fairlead/contracts/lane-standing'
import type { RolloutView, StageView, TargetView } from '@fairlead/contracts/rollout'
import { targetStates } from '@fairlead/contracts/rollout-states'
import type { WavesView } from '@fairlead/contracts/waves'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { cn } from '@fairlead/ui/cn'
import { StatusMark } from '@fairlead/ui/status-mark'
import { durationText } from '@fairlead/ui/time-text'
import { toneSoft } from '@fairlead/ui/tone'
import { Unplug } from 'lucide-react'
import { DeadlineClock } from './deadline-clock'
import { useUrlParams } from './url-param'
import { WaveActions } from './wave-actions'
import { cellOf, countsOf, failedWords, policyWords } from './wave-words'

type WaveLanesProps = { rollout: RolloutView; stage: StageView; waves: WavesView }

/** Waves in their order, each with a cell for every target: as readable of three hundred as of three. */
export function WaveLanes({ rollout, stage, waves }: WaveLanesProps) {
  const { budget } = waves
  const over = budget.spent > budget.allowed
  return (
    <Card
      title="Waves"
      actions={<WaveActions rollout={rollout} />}
      footer={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <span>
            at most {waves.maxConcurrent} at a time, {waves.inFlight} now
          </span>
          <span>{waves.bakeMs > 0 ? `bakes for ${durationText(waves.bakeMs)}` : 'no bake'}</span>
          <span>{policyWords(waves.unreachable)}</span>
        </span>
      }
    >
      <div className="space-y-4">
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          Failure budget
          <Badge tone={over ? 'failing' : budget.spent > 0 ? 'progress' : 'neutral'}>
            {budget.spent} of {budget.allowed} used
          </Badge>
        </p>
        <ol aria-label={`Waves of ${stage.name}`} className="space-y-3">
          {waves.lanes.map((lane) => (
            <Lane key={lane.number} stage={stage} lane={lane} bakeMs={waves.bakeMs} />
          ))}
        </ol>
      </div>
    </Card>
  )
}

type LaneProps = { stage: StageView; lane: WavesView['lanes'][number]; bakeMs: number }

function Lane({ stage, lane, bakeMs }: LaneProps) {
  const targets = stage.targets.filter(({ wave }) => wave === lane.number)
  const { kind, failed } = laneStanding(stage, lane)
  const { word, tone } = laneStandings[kind]
  const since = lane.bakesUntil === null ? null : new Date(Date.parse(lane.bakesUntil) - bakeMs).toISOString()
  return (
    <li className="rounded-md border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-sm font-medium">Wave {lane.number}</h3>
        <StatusMark tone={tone} word={word} className="text-xs" />
        <span className="text-xs text-muted">{countsOf(targets)}</span>
        {lane.bakesUntil === null ? null : (
          <span className="ml-auto w-48">
            <DeadlineClock label="Bake" hint="Has to stay well until" at={lane.bakesUntil} since={since} />
          </span>
        )}
      </div>
      {failed.length > 0 ? (
        <p className="mt-1 text-xs break-words text-fail">Failed: {failedWords(failed)}</p>
      ) : null}
      <ul aria-label={`Targets of wave ${lane.number}`} className="mt-2 flex flex-wrap gap-1.5">
        {targets.map((target) => (
          <Cell key={target.id} target={target} small={targets.length > 24} />
        ))}
      </ul>
    </li>
  )
}

/** Opens the target below. Small ones show a part of the name; the whole of it, the state and why are its label. */
function Cell({ target, small }: { target: TargetView; small: boolean }) {
  const [params, setParams] = useUrlParams()
  const open = params.get('target') === target.id
  const { tone } = targetStates[target.state]
  const silent = target.unreachableSince !== null
  const label = cellOf(target)
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-pressed={open}
        aria-label={label}
        title={label}
        onClick={() => setParams({ target: open ? null : target.id })}
        className={cn(
          'flex min-h-6 max-w-full items-center gap-1 rounded border px-1.5 text-xs',
          toneSoft({ tone: silent ? 'unknown' : tone }),
          open ? 'border-fg' : 'border-transparent hover:border-line-strong',
        )}
      >
        <StatusMark
          tone={silent ? 'unknown' : tone}
          icon={silent ? Unplug : undefined}
          word={target.cluster.name}
          reason={small ? undefined : silent ? 'no answer' : targetStates[target.state].word.toLowerCase()}
          className={small ? 'max-w-24 text-xs' : 'text-xs'}
        />
      </button>
    </li>
  )
}

'use client'

import { isTerminal, stageStates } from '@fairlead/contracts/rollout-states'
import type { RolloutId } from '@fairlead/contracts/ids'
import type { RolloutView, StageView } from '@fairlead/contracts/rollout'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { PageHeader } from '@fairlead/ui/page-header'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { ExceptionBanner } from '@/features/freeze/exception-banner'
import { FreezeNotice } from '@/features/freeze/freeze-notice'
import { askHref } from '@/features/freeze/freeze-words'
import { useHotkey } from '@/features/shell/hotkeys'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { applicationHref } from './addresses'
import { BlockersCard } from './blockers-card'
import { CardSkeleton } from './card-skeleton'
import { RolloutActions } from './rollout-actions'
import { RolloutFacts } from './rollout-facts'
import { RolloutTimeline } from './rollout-timeline'
import { StageColumns } from './stage-columns'
import { StageDetail } from './stage-detail'
import { RolloutMark } from './states'
import { useUrlParams } from './url-param'

/** Beside the live connection: verdicts also age on their own, without any change that would announce itself. */
const lookAgainMs = 5_000

export function RolloutPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const rollout = useQuery(
    trpc.rollout.get.queryOptions(
      { rollout: id as RolloutId },
      {
        refetchInterval: ({ state }) =>
          state.data && isTerminal.rollout(state.data.state) ? false : lookAgainMs,
      },
    ),
  )
  if (rollout.data) return <Rollout rollout={rollout.data} />
  if (rollout.isError) {
    return (
      <FaultState
        what="This rollout could not be loaded."
        where={id}
        error={rollout.error}
        right="project.view"
        onRetry={() => void rollout.refetch()}
        retrying={rollout.isFetching}
      />
    )
  }
  return <RolloutSkeleton />
}

function Rollout({ rollout }: { rollout: RolloutView }) {
  const [params, setParams] = useUrlParams()
  const stage =
    rollout.stages.find(({ name }) => name === params.get('stage')) ?? currentStage(rollout.stages)
  const step = (by: number) => {
    const next = rollout.stages[rollout.stages.findIndex((each) => each === stage) + by]
    if (next) setParams({ stage: next.name })
  }
  useHotkey(']', () => step(1), { description: 'Next stage' })
  useHotkey('[', () => step(-1), { description: 'Previous stage' })
  const { application, project, number } = rollout
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Applications', href: '/applications' },
          { label: application, href: applicationHref({ project, application }) },
          { label: `#${number}` },
        ]}
      />
      <PageHeader
        title={`${application} #${number}`}
        marks={
          <>
            <RolloutMark state={rollout.state} paused={rollout.paused} variant="pill" />
            {rollout.kind === 'rollback' ? <Badge icon={<Undo2 aria-hidden />}>rollback</Badge> : null}
          </>
        }
        description={rollout.reason || undefined}
        actions={<RolloutActions rollout={rollout} stage={stage?.name} />}
      />
      <ExceptionBanner shown={{ rollout: rollout.id, project, application }} />
      <div className="space-y-4">
        <FreezeNotice
          answer={rollout.stages.find(({ freeze }) => freeze !== null)?.freeze}
          meanwhile={meanwhileOf(rollout)}
          ask={askHref({ rollout: rollout.id })}
        />
        <BlockersCard blockers={rollout.blockers} moving={isMoving(rollout, stage)} />
        <StageColumns rollout={rollout} current={stage?.name} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          {stage ? <StageDetail rollout={rollout} stage={stage} /> : <span />}
          <aside className="space-y-4">
            <Card title="Facts">
              <RolloutFacts rollout={rollout} />
            </Card>
            <Card title="Timeline">
              <RolloutTimeline timeline={rollout.timeline} />
            </Card>
          </aside>
        </div>
      </div>
    </>
  )
}

/** What a closed window means for where the rollout stands. */
function meanwhileOf({ stages }: RolloutView): string {
  const moving = stages.find(({ freeze }) => freeze !== null)
  const underWay =
    moving?.state === 'trial' || moving?.state === 'progressing' || moving?.state === 'verifying'
  if (!underWay) return 'The stage waits, and goes on by itself'
  return moving.freeze?.open === false && moving.freeze.running === 'pause'
    ? 'What was begun is paused'
    : 'What was begun finishes'
}

/** What one wants to look at first: where it moves or waits, else where it went wrong, else the last reached. */
function currentStage(stages: readonly StageView[]): StageView | undefined {
  const reached = stages.filter(({ state }) => state !== 'pending' && state !== 'skipped')
  return reached.find(({ state }) => !isTerminal.stage(state)) ?? reached.at(-1) ?? stages[0]
}

/** It moves while pods come and nothing speaks against them: what it waits for is no reason to worry then. */
const isMoving = (rollout: RolloutView, stage: StageView | undefined): boolean =>
  !rollout.paused &&
  stage !== undefined &&
  stageStates[stage.state].tone === 'progress' &&
  stage.trial?.waits == null &&
  stage.targets.every(({ workloads }) => workloads.every(({ verdict }) => verdict.evidence.length === 0))

const RolloutSkeleton = () => (
  <div role="status" aria-label="Loading the rollout" className="space-y-4">
    <Skeleton className="h-8 w-72" />
    <CardSkeleton lines={3} />
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <CardSkeleton lines={9} />
      <CardSkeleton lines={6} />
    </div>
  </div>
)

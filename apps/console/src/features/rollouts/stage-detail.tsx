'use client'

import { isTerminal } from '@fairlead/contracts/rollout-states'
import type { RolloutView, StageView } from '@fairlead/contracts/rollout'
import { Card } from '@fairlead/ui/card'
import { Skeleton } from '@fairlead/ui/skeleton'
import { ChevronRight, ShieldX, Undo2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { ApprovalPanel } from '@/features/approvals/approval-panel'
import { Decide } from '@/features/approvals/decide'
import { PlanSummary } from '@/features/deploy/plan-summary'
import { cn } from '@fairlead/ui/cn'
import { TrialCard } from './trial-card'
import { ReleaseTag } from './release-tag'
import { StageGates } from './stage-gates'
import { TargetCard } from './target-card'
import { UndoNote } from './undo-note'
import { useUrlParams } from './url-param'
import { WaveLanes } from './wave-lanes'
import { shownTargets } from './wave-words'

const PlanView = dynamic(() => import('@/features/deploy/plan-view').then((module) => module.PlanView), {
  loading: () => <Skeleton className="h-24" />,
})

/** One stage in full: who must approve, what happens on each target, what was planned. */
export function StageDetail({ rollout, stage }: { rollout: RolloutView; stage: StageView }) {
  const waits = stage.state === 'awaiting_approval'
  const wentBack = stage.state === 'rolling_back' || stage.state === 'rolled_back'
  const [params] = useUrlParams()
  const targets = stage.waves ? shownTargets(stage.targets, params.get('target')) : stage.targets
  return (
    <div className="min-w-0 space-y-4">
      {wentBack || stage.evidence.length > 0 ? <RollbackEvidence stage={stage} /> : null}
      {waits ? <StageApproval rollout={rollout} stage={stage} /> : null}
      {stage.trial ? <TrialCard rollout={rollout} stage={stage} trial={stage.trial} /> : null}
      {stage.gates.some(({ when }) => when !== 'step') ? (
        <Card title="Workflows">
          <div className="grid gap-4 sm:grid-cols-2">
            <StageGates gates={stage.gates} when="before" reasons />
            <StageGates gates={stage.gates} when="after" reasons />
          </div>
        </Card>
      ) : null}
      {stage.waves ? <WaveLanes rollout={rollout} stage={stage} waves={stage.waves} /> : null}
      <section aria-label={`Targets of ${stage.name}`} className="grid gap-4 2xl:grid-cols-2">
        {targets.map((target) => (
          <TargetCard key={target.id} target={target} />
        ))}
      </section>
      {waits ? null : <StageApproval rollout={rollout} stage={stage} />}
      {stage.plan ? <StagePlanCard stage={stage} openAtFirst={waits} key={stage.name} /> : null}
    </div>
  )
}

function StageApproval({ rollout, stage }: { rollout: RolloutView; stage: StageView }) {
  const waits = stage.state === 'awaiting_approval'
  if (stage.approval === null) return null
  return (
    <Card title="Approval" className={waits ? 'border-wait-solid/60' : undefined}>
      <div className="flex flex-wrap items-start gap-4">
        <ApprovalPanel
          requirement={stage.approval}
          requester={rollout.requester}
          closed={!waits && (isTerminal.stage(stage.state) || stage.startedAt !== null)}
          className="min-w-0 flex-1 basis-72"
        />
        {waits && stage.plan ? (
          <Decide rollout={rollout} stage={stage.name} plan={stage.plan} requirement={stage.approval} />
        ) : null}
      </div>
    </Card>
  )
}

function StagePlanCard({ stage, openAtFirst }: { stage: StageView; openAtFirst: boolean }) {
  const [open, setOpen] = useState(openAtFirst)
  if (stage.plan === null) return null
  return (
    <section className="rounded-lg border border-line bg-surface">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-4 py-2 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={cn('size-4 text-faint transition-transform', open && 'rotate-90')}
          />
          <span className="text-sm font-semibold">Plan</span>
          <span className="font-mono text-xs text-faint">{stage.plan.digest.slice(0, 12)}</span>
          <PlanSummary plan={stage.plan} />
        </button>
      </h2>
      {open ? (
        <div className="border-t border-line p-4">
          <PlanView plan={stage.plan} />
        </div>
      ) : null}
    </section>
  )
}

function RollbackEvidence({ stage }: { stage: StageView }) {
  const wentBack = stage.state === 'rolling_back' || stage.state === 'rolled_back'
  return (
    <section className="rounded-lg border border-fail-solid/40 bg-fail-soft px-4 py-3" aria-label="Evidence">
      <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold text-fail">
        {wentBack ? <Undo2 aria-hidden className="size-4" /> : <ShieldX aria-hidden className="size-4" />}
        {stage.state === 'rolled_back' ? 'Rolled back' : wentBack ? 'Rolling back' : 'What went wrong'}
        {wentBack && stage.base ? (
          <span className="flex items-center gap-1.5 font-normal text-fg">
            to <ReleaseTag release={stage.base} />
          </span>
        ) : null}
      </h2>
      {stage.evidence.length > 0 ? (
        <ul className="mt-1.5 list-disc space-y-0.5 pl-6 text-sm text-fg">
          {stage.evidence.map((line) => (
            <li key={line} className="break-words">
              {line}
            </li>
          ))}
        </ul>
      ) : null}
      {wentBack ? <UndoNote className="mt-2" /> : null}
    </section>
  )
}

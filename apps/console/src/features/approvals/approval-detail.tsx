'use client'

import type { ApprovalItem } from '@fairlead/contracts/rollout'
import { Card } from '@fairlead/ui/card'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Skeleton } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import dynamic from 'next/dynamic'
import { PlanSummary } from '@/features/deploy/plan-summary'
import { applicationHref, rolloutHref } from '@/features/rollouts/addresses'
import { ReleaseTag } from '@/features/rollouts/release-tag'
import { StageTrail } from '@/features/rollouts/stage-trail'
import { ApprovalPanel } from './approval-panel'
import { Decide } from './decide'
import { DecideKeys } from './decide-keys'

const PlanView = dynamic(() => import('@/features/deploy/plan-view').then((module) => module.PlanView), {
  loading: () => <Skeleton className="h-40" />,
})

/** Exactly what would be approved: who asked for what and why, what stands against it, object by object. */
export function ApprovalDetail({ item }: { item: ApprovalItem }) {
  const { rollout, stage, plan, requirement } = item
  const { application, project } = rollout
  return (
    <div className="min-w-0 space-y-4">
      <Card
        title={
          <>
            <TextLink href={rolloutHref(rollout.id, stage)}>
              {application} #{rollout.number}
            </TextLink>{' '}
            <span className="font-normal text-muted">to</span> {stage}
          </>
        }
        actions={<CopyAsMenu fairlead={commandOf(item)} />}
      >
        <PlanSummary plan={plan} className="mb-3 flex flex-wrap items-center gap-1.5" />
        <KeyValue
          layout="strip"
          entries={[
            { key: 'Release', value: <ReleaseTag release={rollout.release} /> },
            {
              key: 'Asked by',
              value: (
                <>
                  {rollout.requester}, <RelativeTime at={item.requestedAt} className="text-muted" />
                </>
              ),
            },
            { key: 'Reason', value: rollout.reason || <span className="text-muted">none given</span> },
            { key: 'Stages', value: <StageTrail stages={rollout.stages} /> },
            {
              key: 'Application',
              value: (
                <TextLink
                  href={applicationHref({ project, application })}
                >{`${project}/${application}`}</TextLink>
              ),
            },
          ]}
        />
        <div className="mt-4 flex flex-wrap items-start gap-4 border-t border-line pt-4">
          <ApprovalPanel
            requirement={requirement}
            requester={rollout.requester}
            className="min-w-0 flex-1 basis-72"
          />
          <div className="space-y-2">
            <Decide rollout={rollout} stage={stage} plan={plan} requirement={requirement} />
            <DecideKeys />
          </div>
        </div>
      </Card>
      <Card title="What is approved">
        <PlanView plan={plan} />
      </Card>
    </div>
  )
}

const commandOf = ({ rollout, requirement }: ApprovalItem): string =>
  requirement.mine.passed
    ? `fairlead rollout approve ${rollout.id} --reason "…"`
    : `fairlead rollout show ${rollout.id}`

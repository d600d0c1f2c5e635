'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Card } from '@fairlead/ui/card'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useHotkey } from '@/features/shell/hotkeys'
import { faultOf } from '@/live/fault'
import { useUrlParams } from '@/features/rollouts/url-param'
import { commandOf } from './deploy-command'
import { emptyDraft, inputOf, isSource, type Source } from './deploy-input'
import { FaultCard } from './fault-card'
import { NoPlan, PlanSkeleton } from './no-plan'
import { SourceTabs } from './source-tabs'
import { ConfirmPrune } from './confirm-prune'
import { DeployButtons, TargetFields } from './deploy-controls'
import { useDeploy, type Deploying } from './use-deploy'
import { useDraft } from './use-draft'

const PlanResult = dynamic(() => import('./plan-result').then((module) => module.PlanResult), {
  loading: () => <PlanSkeleton />,
})

/** One screen: what to deploy on the left, what that would do on the right, the request below. */
export function DeployForm({ application }: { application: ApplicationDetail }) {
  const { project, name } = application
  const [params, setParams] = useUrlParams()
  const { draft, change, forget, ready } = useDraft(`deploy:${project}/${name}`, emptyDraft)
  const from = params.get('from')
  const source: Source = isSource(from) ? from : application.releases.length > 0 ? 'image' : 'manifests'
  const to = application.stages.some((stage) => stage.name === params.get('to')) ? params.get('to') : null
  const release = params.get('release')
  const input = inputOf({ project, application: name, source, draft, release, to })
  const [typed, setTyped] = useState('')
  const { plan, deploy, outdated, whyNoPlan, whyNoRequest, confirm } = useDeploy({
    application,
    input,
    reason: draft.reason,
    typed,
    onRequested: forget,
  })
  useHotkey('mod+enter', () => (whyNoRequest === null ? deploy.run() : plan.run()), {
    description: 'Plan, then request',
  })
  const errorLine = plan.error ? faultOf(plan.error).detail.line : undefined
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <div className="min-w-0 space-y-4 xl:sticky xl:top-16">
        <Card>
          <SourceTabs
            application={application}
            source={source}
            release={release}
            draft={draft}
            ready={ready}
            errorLine={source === 'manifests' ? errorLine : undefined}
            onSource={(next) => setParams({ from: next })}
            onRelease={(next) => setParams({ release: next })}
            onDraft={change}
          />
          <TargetFields
            stages={application.stages}
            to={to}
            onTo={(next) => setParams({ to: next })}
            reason={ready ? draft.reason : ''}
            onReason={(reason) => change({ reason })}
          />
          <ConfirmPrune reasons={confirm} application={name} typed={typed} onTyped={setTyped} />
          <DeployButtons
            plan={plan}
            deploy={deploy}
            outdated={outdated}
            whyNoPlan={whyNoPlan}
            whyNoRequest={whyNoRequest}
            command={commandOf(input, draft.reason, confirm.length > 0)}
          />
        </Card>
        {deploy.error ? <FaultCard title="The deploy was not accepted" error={deploy.error} /> : null}
      </div>
      <PlanColumn plan={plan} outdated={outdated} />
    </div>
  )
}

type PlanColumnProps = Pick<Deploying, 'plan' | 'outdated'>

function PlanColumn({ plan, outdated }: PlanColumnProps) {
  return (
    <div className="min-w-0 space-y-3">
      {plan.error ? <FaultCard title="There is no plan for this" error={plan.error} /> : null}
      {plan.isPending ? (
        <PlanSkeleton />
      ) : plan.data ? (
        <>
          {outdated ? (
            <p className="rounded-md bg-progress-soft px-3 py-2 text-sm text-progress">
              This plan is of what was on the left before. Plan again to see what would happen now.
            </p>
          ) : null}
          <PlanResult plan={plan.data} outdated={outdated} key={plan.data.releaseDigest} />
        </>
      ) : plan.error ? null : (
        <NoPlan />
      )}
    </div>
  )
}

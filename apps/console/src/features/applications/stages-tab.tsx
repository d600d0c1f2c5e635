'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { labelKeys } from '@fairlead/contracts/labels'
import { EmptyState } from '@fairlead/ui/empty-state'
import { Button } from '@fairlead/ui/button'
import { useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { useState } from 'react'
import { applicationHref, deployHref } from '@/features/rollouts/addresses'
import { RollbackDialog } from '@/features/rollouts/rollback-dialog'
import { useLiveObjects } from '@/live/live-provider'
import { useTRPC } from '@/live/trpc'
import { LiftHoldDialog } from './lift-hold-dialog'
import { StageCard } from './stage-card'

type Asked = { what: 'rollback' | 'lift'; stage: string }

/** The stages side by side: what is wanted in each, and what its clusters have now. */
export function StagesTab({ application }: { application: ApplicationDetail }) {
  const { name, project, stages, releases, deployable } = application
  const [asked, setAsked] = useState<Asked | null>(null)
  const trpc = useTRPC()
  useLiveObjects({ kinds: workloadKinds })
  const objects = useQuery(
    trpc.object.list.queryOptions({ kinds: workloadKinds, labels: { [labelKeys.application]: name } }),
  )
  const close = () => setAsked(null)
  if (releases.length === 0) return <NeverDeployed application={application} />
  return (
    <>
      <ol aria-label="Stages" className="grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(19rem,1fr))]">
        {stages.map((stage) => (
          <StageCard
            key={stage.name}
            stage={stage}
            objects={objects.data}
            objectsError={objects.error}
            driftHref={applicationHref({ project, application: name }, 'drift')}
            whyNoRollback={deployable.passed ? null : (deployable.reason ?? 'You may not roll this back.')}
            onRollback={() => setAsked({ what: 'rollback', stage: stage.name })}
            onLift={() => setAsked({ what: 'lift', stage: stage.name })}
          />
        ))}
      </ol>
      {asked?.what === 'rollback' ? (
        <RollbackDialog
          project={project}
          application={name}
          stage={asked.stage}
          stages={[asked.stage]}
          onClose={close}
        />
      ) : null}
      {asked?.what === 'lift' ? (
        <LiftHoldDialog project={project} application={name} stage={asked.stage} onClose={close} />
      ) : null}
    </>
  )
}

function NeverDeployed({ application }: { application: ApplicationDetail }) {
  const { name, project, deployable } = application
  return (
    <EmptyState
      title="Nothing has been deployed yet"
      icon={<Rocket aria-hidden />}
      command={`fairlead deploy -a ${project}/${name} -f manifests.yaml --wait`}
      className="rounded-lg border border-line bg-surface"
      action={
        <Button
          variant="primary"
          href={deployHref({ project, application: name }, 'from=manifests')}
          disabledReason={deployable.passed ? null : (deployable.reason ?? 'You may not deploy this.')}
        >
          Deploy manifests
        </Button>
      }
    >
      The stages are {application.stages.map((stage) => stage.name).join(', then ')}. Any Kubernetes manifests
      are taken as they are; the first deploy makes the first release.
    </EmptyState>
  )
}

import type { StageSpec } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import type { planSchema } from '@fairlead/contracts/rollout'
import type { QueryContext } from '@fairlead/kernel/context'
import type { WorkloadDb } from '@fairlead/db/views'
import type { z } from 'zod'
import type { PlanTarget } from '../plan/plan-context'
import { draftOfChange } from '../release/draft-of-change'
import type { DraftRelease } from '../release/release-store'
import type { WorkloadDeps } from '../workload-deps'
import { findApplication } from './find-application'
import { refuseByHand } from './refuse-by-hand'
import { stageTargets } from './stage-targets'
import { documentOf } from './stored'

export interface RequestedChange {
  readonly application: Awaited<ReturnType<typeof findApplication>>
  readonly stages: readonly { readonly spec: StageSpec; readonly targets: readonly PlanTarget[] }[]
  readonly draft: DraftRelease
}

/** What a person asked to plan or deploy: up to and including the stage `to`, else through all of them. */
export async function requestedChange(
  deps: WorkloadDeps,
  context: QueryContext<WorkloadDb>,
  input: z.output<typeof planSchema>,
): Promise<RequestedChange> {
  const application = await findApplication(context, input)
  const { source, stages: all } = documentOf(application.document).spec
  refuseByHand(source, input.change)
  const specs = upTo(all, input.to)
  const stages = await Promise.all(
    specs.map(async (spec) => ({ spec, targets: await stageTargets(deps.db, application.projectId, spec) })),
  )
  const draft = await draftOfChange(deps, {
    applicationId: application.id,
    stage: specs[0]?.name ?? '',
    namespaces: [...new Set(specs.map(({ targets }) => targets.namespace))],
    change: input.change,
  })
  return { application, stages, draft }
}

function upTo(specs: readonly StageSpec[], to: string | undefined): readonly StageSpec[] {
  if (to === undefined) return specs
  const index = specs.findIndex(({ name }) => name === to)
  if (index >= 0) return specs.slice(0, index + 1)
  throw noStage(to, specs)
}

export const noStage = (name: string, specs: readonly StageSpec[]): FairleadError =>
  new FairleadError('invalid', `The application has no stage "${name}".`, {
    path: 'stage',
    found: name,
    expected: specs.map((spec) => spec.name).join(', '),
  })

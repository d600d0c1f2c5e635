import { isFairleadError } from '@fairlead/contracts/errors'
import { together } from '@fairlead/contracts/freeze-gate'
import type { PlanPreview, StagePlan } from '@fairlead/contracts/rollout'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { requestedChange, type RequestedChange } from '../application/requested-change'
import { trialWish } from '../trial/trial-wish'
import { planStage } from '../plan/stage-plan'
import { toleratesSilence } from '../plan/tolerates-silence'
import { earlierObjects } from '../rollout/applied'
import { gatesOf } from '../rollout/gates'
import { gateProblems } from '../rollout/observe-gates'
import { isTransient } from '../rollout/transient'
import type { WorkloadDeps } from '../workload-deps'

export const plan = (deps: WorkloadDeps) =>
  room<WorkloadDb>(deps.db).query('rollout.plan', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    run: async (context, input): Promise<PlanPreview> => {
      const change = await requestedChange(deps, context, input)
      const project = await deps.db.project.findUnique({ where: { id: change.application.projectId } })
      return {
        application: change.application.name,
        project: project?.name ?? '',
        releaseDigest: change.draft.digest,
        images: change.draft.images,
        stages: await Promise.all(
          change.stages.map((stage) => preview(deps, { change, stage, now: context.now })),
        ),
        windows: await Promise.all(
          change.stages.map(async ({ spec, targets }) => ({
            stage: spec.name,
            answer: await windowOf(deps, { application: change.application, targets }, context.now),
          })),
        ),
      }
    },
  })

type PlannedStage = RequestedChange['stages'][number]

async function windowOf(
  { freeze }: WorkloadDeps,
  {
    application: { projectId, name },
    targets,
  }: Pick<RequestedChange, 'application'> & Pick<PlannedStage, 'targets'>,
  now: Date,
) {
  const application = { projectId, name }
  const answers = targets.map(({ cluster, namespace }) =>
    freeze.ask({ action: 'deploy', clusterId: cluster.id, namespace, application }, now),
  )
  return together(await Promise.all(answers))
}

interface Preview {
  readonly change: RequestedChange
  readonly stage: RequestedChange['stages'][number]
  readonly now: Date
}

/** A stage whose cluster doesn't answer must not hide the plans of the others. */
async function preview(deps: WorkloadDeps, { change, stage, now }: Preview): Promise<StagePlan> {
  const { name } = stage.spec
  try {
    return await planStage(deps, {
      application: change.application.name,
      stage: name,
      release: change.draft,
      targets: stage.targets,
      earlier: await earlierObjects(deps.db, change.application.id, name),
      problems: await gateProblems(deps, change.application.projectId, gatesOf(stage.spec, [])),
      manner: stage.spec,
      checks: stage.spec.checks,
      unseen: toleratesSilence(stage.spec),
      wayBack: false,
      trial: await trialWish(deps.db, {
        spec: stage.spec,
        applicationId: change.application.id,
        releaseId: change.draft.id,
      }),
      confirmed: true,
      now,
    })
  } catch (error) {
    if (!isFairleadError(error) || !isTransient(error)) throw error
    const computedAt = now.toISOString()
    return {
      stage: name,
      digest: '',
      computedAt,
      targets: [],
      checks: [],
      blockers: [error.message],
      warnings: [],
    }
  }
}

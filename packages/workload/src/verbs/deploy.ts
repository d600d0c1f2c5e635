import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { requestedChange, type RequestedChange } from '../application/requested-change'
import { trialWish } from '../trial/trial-wish'
import { planStage } from '../plan/stage-plan'
import { toleratesSilence } from '../plan/tolerates-silence'
import { heldStages, refuseHeld } from '../release/hold'
import { earlierObjects } from '../rollout/applied'
import { gatesOf } from '../rollout/gates'
import { gateProblems } from '../rollout/observe-gates'
import { startRollout } from '../rollout/start-rollout'
import type { WorkloadDeps } from '../workload-deps'

/** Refuses what could not be applied to the first stage; then release, rollout and the end of older ones, or nothing. */
export const deploy = (deps: WorkloadDeps) =>
  room<WorkloadDb>(deps.db).command('rollout.deploy', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: async (context, input): Promise<RequestedChange> => {
      const change = await requestedChange(deps, context, input)
      const names = change.stages.map(({ spec }) => spec.name)
      const held = await heldStages(deps.db, change.application.id, names, context.now)
      await refuseHeld(deps.db, change.application.id, held, change.draft.digest)
      const confirmed = confirmedPrune(change.application.name, input.confirmPrune)
      await refuseBlocked(deps, change, { now: context.now, wayBack: false, confirmed })
      return change
    },
    run: async (context, input, { application, stages, draft }) => {
      const current = await context.tx.application.findUnique({
        where: { id: application.id },
        select: { updatedAt: true },
      })
      if (current?.updatedAt.getTime() !== application.updatedAt.getTime())
        throw new FairleadError('stale', 'The application was edited meanwhile; deploy again.')
      return startRollout(context, {
        application,
        kind: 'deploy',
        draft,
        source: sourceOf(input.change),
        stages,
        reason: input.reason,
        confirmedPrune: confirmedPrune(application.name, input.confirmPrune),
      })
    },
  })

/** Where the release came from, without its text: that is in the release itself. */
function sourceOf(change: { readonly images?: unknown; readonly release?: unknown }): unknown {
  if (change.images !== undefined) return { kind: 'images', images: change.images }
  return change.release === undefined ? { kind: 'manifests' } : { kind: 'release', release: change.release }
}

function confirmedPrune(application: string, typed: string | undefined): boolean {
  if (typed === undefined || typed === application) return typed !== undefined
  throw new FairleadError('invalid', 'What was typed to confirm the deletions is not the application.', {
    path: 'confirmPrune',
    found: typed,
    expected: application,
  })
}

interface Asked {
  readonly now: Date
  readonly wayBack: boolean
  readonly confirmed: boolean
}

export async function refuseBlocked(
  deps: WorkloadDeps,
  change: RequestedChange,
  { now, wayBack, confirmed }: Asked,
): Promise<void> {
  const [first] = change.stages
  if (first === undefined) return
  const ids = { applicationId: change.application.id, releaseId: change.draft.id }
  const plan = await planStage(deps, {
    application: change.application.name,
    stage: first.spec.name,
    release: change.draft,
    targets: first.targets,
    earlier: await earlierObjects(deps.db, change.application.id, first.spec.name),
    problems: await gateProblems(deps, change.application.projectId, gatesOf(first.spec, [])),
    manner: first.spec,
    checks: first.spec.checks,
    unseen: toleratesSilence(first.spec),
    wayBack,
    trial: wayBack ? null : await trialWish(deps.db, { spec: first.spec, ...ids }),
    confirmed,
    now,
  })
  const [blocker, ...more] = plan.blockers
  if (blocker === undefined) return
  const others = more.length === 0 ? '' : ` And ${more.length} more: ${more.slice(0, 5).join(' ')}`
  throw new FairleadError(
    'cluster_refused',
    `Stage ${first.spec.name} can't take this release. ${blocker}${others}`,
    {
      path: first.spec.name,
      found: blocker,
      remedy: 'Nothing was stored or applied. fairlead plan shows every object.',
    },
  )
}

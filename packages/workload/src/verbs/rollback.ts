import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { noStage, type RequestedChange } from '../application/requested-change'
import { stageTargets } from '../application/stage-targets'
import { documentOf } from '../application/stored'
import { existingDraft } from '../release/release-store'
import { startRollout } from '../rollout/start-rollout'
import type { WorkloadDeps } from '../workload-deps'
import { refuseBlocked } from './deploy'

/**
 * One stage back to an earlier release. No approval and no workflows: in an outage it must not wait, and a migration that
 * belongs to the way forward is no part of the way back. The right to deploy is needed.
 */
export const rollback = (deps: WorkloadDeps) =>
  room<WorkloadDb>(deps.db).command('rollout.rollback', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: async (context, input): Promise<RequestedChange> => {
      const application = await findApplication(context, input)
      const { stages } = documentOf(application.document).spec
      const declared = stages.find(({ name }) => name === input.stage)
      if (declared === undefined) throw noStage(input.stage, stages)
      const { approval: _, waves: __, ...rest } = declared
      const spec = { ...rest, before: [], after: [] }
      const release = await releaseToRestore(deps, {
        applicationId: application.id,
        stage: spec.name,
        to: input.to,
      })
      const change = {
        application,
        stages: [{ spec, targets: await stageTargets(deps.db, application.projectId, spec) }],
        draft: existingDraft(deps.cipher, release),
      }
      await refuseBlocked(deps, change, { now: context.now, wayBack: true, confirmed: true })
      return change
    },
    run: (context, input, { application, stages, draft }) =>
      startRollout(context, {
        application,
        kind: 'rollback',
        draft,
        source: { kind: 'rollback' },
        stages,
        reason: input.reason,
        confirmedPrune: true,
      }),
  })

interface Restore {
  readonly applicationId: string
  readonly stage: string
  readonly to: number | undefined
}

/** By number; otherwise the verified release, or the one verified before it when that is what runs now. */
async function releaseToRestore({ db }: WorkloadDeps, { applicationId, stage, to }: Restore) {
  if (to !== undefined) {
    const release = await db.release.findUnique({
      where: { applicationId_number: { applicationId, number: to } },
    })
    if (release !== null) return release
    throw new FairleadError('invalid', `The application has no release ${to}.`, {
      path: 'to',
      found: String(to),
    })
  }
  const release = await earlierVerified(db, applicationId, stage)
  if (release !== null) return release
  throw new FairleadError('conflict', `Stage ${stage} has no earlier verified release to go back to.`, {
    path: 'to',
    expected: 'the number of a release',
  })
}

/** The newest release that converged there with other content than what the stage runs now. */
async function earlierVerified(db: WorkloadDb, applicationId: string, stage: string) {
  const runs = await db.rolloutStage.findMany({
    where: {
      name: stage,
      OR: [{ startedAt: { not: null } }, { state: 'converged' }],
      rollout: { applicationId },
    },
    orderBy: { rollout: { number: 'desc' } },
    select: { state: true, baseReleaseId: true, rollout: { select: { releaseId: true } } },
    take: 100,
  })
  const digests = new Map(
    (
      await db.release.findMany({
        where: {
          applicationId,
          id: { in: runs.flatMap((run) => [run.rollout.releaseId, run.baseReleaseId ?? []].flat()) },
        },
        select: { id: true, digest: true },
      })
    ).map(({ id, digest }) => [id, digest]),
  )
  const [last] = runs
  const running = last?.state === 'rolled_back' ? last.baseReleaseId : last?.rollout.releaseId
  const now = digests.get(running ?? '')
  const earlier = runs.find((run) => run.state === 'converged' && digests.get(run.rollout.releaseId) !== now)
  return earlier === undefined ? null : db.release.findUnique({ where: { id: earlier.rollout.releaseId } })
}

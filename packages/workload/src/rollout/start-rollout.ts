import type { StageSpec } from '@fairlead/contracts/application'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import type { CommandContext } from '@fairlead/kernel/context'
import { toJson } from '../application/stored'
import type { PlanTarget } from '../plan/plan-context'
import { heldStages, refuseHeld } from '../release/hold'
import { storeRelease, type DraftRelease } from '../release/release-store'
import { supersedeOlder } from './end-rollout'

export interface NewRollout {
  readonly application: { readonly id: string; readonly name: string; readonly projectId: string }
  readonly kind: 'deploy' | 'rollback'
  readonly draft: DraftRelease
  readonly source: unknown
  readonly stages: readonly { readonly spec: StageSpec; readonly targets: readonly PlanTarget[] }[]
  readonly reason: string
  readonly confirmedPrune: boolean
}

/** Deploys and rollbacks of one application queue up here, so numbers follow each other and one rollout moves. */
export const lockApplication = (tx: WorkloadTx, applicationId: string): Promise<unknown> =>
  tx.$queryRaw(Prisma.sql`SELECT id FROM applications WHERE id = ${applicationId}::uuid FOR UPDATE`)

/** Release, rollout, stages, targets and the end of older rollouts: all of it in the command's transaction. */
export async function startRollout(
  context: CommandContext<WorkloadDb>,
  request: NewRollout,
): Promise<{ rollout: string; number: number }> {
  const { tx, actor, now } = context
  const { application, draft, kind } = request
  await lockApplication(tx, application.id)
  await liftHolds(context, request)
  await storeRelease(tx, draft, { applicationId: application.id, source: request.source, author: actor, now })
  const last = await tx.rollout.findFirst({
    where: { applicationId: application.id },
    orderBy: { number: 'desc' },
    select: { number: true },
  })
  const number = (last?.number ?? 0) + 1
  await supersedeOlder(context, application, number)
  const rollout = await tx.rollout.create({
    data: {
      applicationId: application.id,
      number,
      kind,
      state: 'running',
      releaseId: draft.id,
      requesterId: actor.id,
      requesterName: actor.name,
      reason: request.reason,
      confirmedPrune: request.confirmedPrune,
      stages: toJson(request.stages.map(({ spec }) => spec)),
      checkAt: now,
      checkReason: 'Requested.',
      createdAt: now,
      runs: {
        create: request.stages.map(({ spec, targets }, position) => stageRow(spec, targets, position)),
      },
      entries: {
        create: [{ at: now, kind: 'requested', message: requestedWords(request, actor.name) }],
      },
    },
  })
  context.subject({ kind: 'rollout', id: rollout.id, name: `${application.name} #${number}` })
  context.note({
    release: draft.id,
    digest: draft.digest,
    images: draft.images,
    reason: request.reason,
    kind,
    ...(request.confirmedPrune ? { confirmedPrune: true } : {}),
  })
  context.change({ topic: 'rollout', key: rollout.id, projectId: application.projectId })
  context.change({ topic: 'application', key: application.id, projectId: application.projectId })
  context.ring({ doorbell: 'rollout', key: rollout.id })
  return { rollout: rollout.id, number }
}

const stageRow = (spec: StageSpec, targets: readonly PlanTarget[], position: number) => ({
  name: spec.name,
  position,
  state: 'pending',
  targets: {
    create: targets.map(({ cluster, namespace, wave }) => ({
      clusterId: cluster.id,
      namespace,
      wave,
      state: 'pending',
    })),
  },
})

const requestedWords = ({ kind, reason }: NewRollout, who: string): string =>
  `${who} asked for ${kind === 'rollback' ? 'this rollback' : 'this deploy'}${reason === '' ? '.' : `: ${reason}`}`

async function liftHolds(context: CommandContext<WorkloadDb>, request: NewRollout): Promise<void> {
  const { tx, now } = context
  const { application, draft } = request
  const names = request.stages.map(({ spec }) => spec.name)
  const held = await heldStages(tx, application.id, names, now)
  await refuseHeld(tx, application.id, held, draft.digest)
  if (held.length === 0) return
  await tx.stage.updateMany({
    where: { applicationId: application.id, name: { in: held.map(({ name }) => name) } },
    data: { holdReason: null, holdSince: null, holdExpiresAt: null },
  })
  context.note({ liftedHolds: held.map(({ name }) => name) })
}

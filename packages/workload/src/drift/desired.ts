import type { StageSpec } from '@fairlead/contracts/application'
import type { WorkloadDb } from '@fairlead/db/views'
import { recheckTargets } from '../application/stage-targets'
import { documentOf } from '../application/stored'
import type { PlanTarget } from '../plan/plan-context'

export interface Desired {
  readonly application: { readonly id: string; readonly name: string; readonly projectId: string }
  readonly spec: StageSpec
  /** Of the last rollout that changed the stage: what was applied carries its labels. */
  readonly rollout: { readonly id: string; readonly number: number }
  readonly releaseId: string
  readonly target: PlanTarget
}

/** `gone`: nothing is meant to be there any more. `open`: what is meant is not settled now, and why. */
export type Wish =
  | { readonly kind: 'gone' }
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'desired'; readonly desired: Desired }

interface DriftKey {
  readonly applicationId: string
  readonly stage: string
  readonly clusterId: string
  readonly namespace: string
}

/** What should be on one target: the verified release, once the last rollout there has ended with it. */
export async function desiredOf(db: WorkloadDb, key: DriftKey): Promise<Wish> {
  const [application, standing, last] = await Promise.all([
    db.application.findUnique({ where: { id: key.applicationId } }),
    db.stage.findUnique({
      where: { applicationId_name: { applicationId: key.applicationId, name: key.stage } },
    }),
    db.rolloutStage.findFirst({
      where: { name: key.stage, startedAt: { not: null }, rollout: { applicationId: key.applicationId } },
      orderBy: { rollout: { number: 'desc' } },
      include: { targets: true, rollout: { select: { id: true, number: true } } },
    }),
  ])
  const spec = application === null ? undefined : stageOf(application.document, key.stage)
  const target = last?.targets.find(
    ({ clusterId, namespace }) => clusterId === key.clusterId && namespace === key.namespace,
  )
  if (application === null || spec === undefined || last === null || target === undefined)
    return { kind: 'gone' }
  const { number } = last.rollout
  if (last.finishedAt === null) return { kind: 'open', reason: `Rollout ${number} is under way.` }
  const ended = last.state === 'converged' || last.state === 'rolled_back'
  const releaseId = standing?.verifiedReleaseId ?? null
  if (!ended || releaseId === null)
    return {
      kind: 'open',
      reason: `Rollout ${number} ended in between (${last.state.replaceAll('_', ' ')}); the next one settles what should run here.`,
    }
  if (last.state === 'converged' && target.state !== 'converged')
    return {
      kind: 'open',
      reason: `Rollout ${number} failed here, within the budget of its waves; the next one settles what should run here.`,
    }
  const { targets, refused } = await recheckTargets(db, application.projectId, [target])
  const [allowed] = targets
  if (allowed === undefined) return { kind: 'open', reason: refused.join(' ') }
  return {
    kind: 'desired',
    desired: {
      application: { id: application.id, name: application.name, projectId: application.projectId },
      spec,
      rollout: last.rollout,
      releaseId,
      target: allowed,
    },
  }
}

const stageOf = (document: unknown, stage: string): StageSpec | undefined =>
  documentOf(document).spec.stages.find(({ name }) => name === stage)

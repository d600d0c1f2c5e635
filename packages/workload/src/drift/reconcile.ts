import type { Reconcile } from '@fairlead/contracts/decision'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { alwaysOpen } from '@fairlead/contracts/freeze-gate'
import { appendChanges } from '@fairlead/db/changes'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { toJson } from '../application/stored'
import type { PlanRelease } from '../plan/plan-context'
import { openRelease, releaseById } from '../release/release-store'
import { after } from '../rollout/decision'
import { isTransient } from '../rollout/transient'
import { compareTarget } from './compare-target'
import { desiredOf, type Desired } from './desired'
import { rowOf, type DriftDeps, type DriftRow } from './drift-deps'
import { planDrift, type DriftDecision, type DriftSeen } from './plan'
import { putBack, type PutBack } from './put-back'
import { recordDrift } from './record'
import { driftedOf, wantedOf } from './stored'

/** While a rollout is under way, a cluster is silent, or an error has to pass. */
const retryMs = 20_000
const maxPasses = 3

/** Compares one target of a stage with its verified release, and puts it back where that is wanted. Its key is a drift id. */
export function driftReconciler(deps: DriftDeps): Reconcile<string> {
  return async (id, startedAt) => {
    const started = performance.now()
    for (let pass = 0; ; pass++) {
      const now = after(startedAt, performance.now() - started)
      const row = await rowOf(deps, id)
      if (row === null) return { settled: true }
      const wish = await desiredOf(deps.db, row)
      if (wish.kind === 'gone') {
        await deps.db.stageDrift.deleteMany({ where: { id } })
        return { settled: true }
      }
      if (wish.kind === 'open') return notKnown(deps, row, { reason: wish.reason, now, keeps: false })
      const { decision, done } = await once(deps, row, wish.desired, now)
      // What was put back is compared at once: the screen shows what came of it.
      if (done === null || done.refused.length > 0 || pass >= maxPasses)
        return { checkAt: decision.checkAt, reason: decision.reason }
    }
  }
}

async function once(
  deps: DriftDeps,
  row: DriftRow,
  desired: Desired,
  now: Date,
): Promise<{ decision: DriftDecision; done: PutBack | null }> {
  const seen = await look(deps, row, desired, now)
  if (typeof seen === 'string') {
    const outcome = await notKnown(deps, row, { reason: seen, now, keeps: true })
    const decision = { state: 'unknown', since: row.since, putBack: null, ...outcome } as const
    return { decision, done: null }
  }
  const { client, opened } = seen
  const decision = planDrift(seen, now)
  const done =
    decision.putBack === null ? null : await putBack(client, desired, { ...decision.putBack, opened })
  await recordDrift(deps.db, { row, desired, seen, decision, done, now })
  return { decision, done }
}

/** What was seen, and what it takes to put it back. */
type Looked = DriftSeen & Pick<PlanRelease, 'opened'> & { readonly client: KubeClient }

/** A text says why it could not be looked at. */
async function look(deps: DriftDeps, row: DriftRow, desired: Desired, now: Date): Promise<Looked | string> {
  const { application, spec, target } = desired
  try {
    const { opened } = openRelease(deps.cipher, await releaseById(deps.db, desired.releaseId))
    const client = await deps.clusters.clientOf(target.cluster.id)
    const context = {
      client,
      target,
      application: application.name,
      stage: spec.name,
      // A Job that differs ran for another release; putting it back would run it again.
      wayBack: true,
      trial: null,
      fingerprint: (value: string) => deps.cipher.fingerprint(value),
      earlier: [],
    }
    const objects = await compareTarget(context, opened)
    const wanted = wantedOf(row.wanted)
    const place = { clusterId: target.cluster.id, namespace: target.namespace }
    const named = { projectId: application.projectId, name: application.name }
    const asks = objects.length > 0 && (wanted !== null || spec.drift === 'heal')
    const window = asks
      ? await deps.freeze.ask({ action: 'deploy', ...place, application: named }, now)
      : alwaysOpen
    const since = row.releaseId === desired.releaseId ? row.since : null
    return { mode: spec.drift, since, wanted, heals: row.heals, objects, window, opened, client }
  } catch (error) {
    if (isTransient(error) || (isFairleadError(error) && error.code !== 'internal')) return messageOf(error)
    throw error
  }
}

/** Silence is not sameness: what was seen before stays, with its time, and is not said to hold now. */
async function notKnown(
  { db }: DriftDeps,
  row: DriftRow,
  { reason, now, keeps }: { readonly reason: string; readonly now: Date; readonly keeps: boolean },
): Promise<{ checkAt: Date; reason: string }> {
  const checkAt = after(now, retryMs)
  const changed = row.state !== 'unknown' || row.reason !== reason
  const objects = keeps ? driftedOf(row.objects) : []
  await db.$transaction(async (tx) => {
    const { count } = await tx.stageDrift.updateMany({
      where: { id: row.id },
      data: { state: 'unknown', reason, checkAt, objects: toJson(objects) },
    })
    if (count === 0 || !changed) return
    const of = await tx.application.findUnique({
      where: { id: row.applicationId },
      select: { projectId: true },
    })
    if (of !== null)
      await appendChanges(tx, [{ topic: 'application', key: row.applicationId, projectId: of.projectId }])
  })
  return { checkAt, reason }
}

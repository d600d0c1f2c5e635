import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { appendChanges } from '@fairlead/db/changes'
import { appendAudit } from '@fairlead/kernel/audit'
import { systemActor } from '@fairlead/kernel/context'
import { toJson } from '../application/stored'
import { wordsOf } from '../manifest/object-key'
import type { Desired } from './desired'
import type { DriftRow } from './drift-deps'
import type { DriftDecision, DriftSeen } from './plan'
import type { PutBack } from './put-back'
import { driftedOf } from './stored'

export interface RecordedDrift {
  readonly row: DriftRow
  readonly desired: Desired
  readonly seen: DriftSeen
  readonly decision: DriftDecision
  readonly done: PutBack | null
  readonly now: Date
}

export async function recordDrift(db: WorkloadDb, recorded: RecordedDrift): Promise<void> {
  const { row, desired, seen, decision, done, now } = recorded
  const reason = [decision.reason, ...(done?.refused ?? [])].filter((words) => words !== '').join(' ')
  // Someone may have asked meanwhile: their wish is not the one that was carried out.
  const fulfilled = seen.wanted !== null && (done !== null || decision.state === 'in_sync')
  await db.$transaction(async (tx) => {
    const { count } = await tx.stageDrift.updateMany({
      where: { id: row.id },
      data: {
        state: decision.state,
        reason,
        since: decision.since,
        releaseId: desired.releaseId,
        objects: toJson(seen.objects),
        checkedAt: now,
        ...(decision.putBack?.by === 'itself' && done !== null
          ? { heals: [...row.heals.slice(-9), now] }
          : {}),
      },
    })
    if (count === 0) return
    await tx.$executeRaw`
      UPDATE stage_drifts SET "checkAt" = ${decision.checkAt}, wanted = CASE WHEN ${fulfilled} THEN NULL ELSE wanted END
      WHERE id = ${row.id}::uuid AND coalesce(wanted->>'id', '') = ${seen.wanted?.id ?? ''}`
    const words = newWords(recorded)
    for (const word of words) await tell(tx, recorded, word)
    const changed =
      row.state !== decision.state ||
      row.reason !== reason ||
      fulfilled ||
      JSON.stringify(driftedOf(row.objects)) !== JSON.stringify(seen.objects)
    const { id: key, projectId } = desired.application
    await appendChanges(tx, [
      ...(changed ? [{ topic: 'application' as const, key, projectId }] : []),
      ...(words.length > 0
        ? [
            { topic: 'rollout' as const, key: desired.rollout.id, projectId },
            { topic: 'audit' as const, key: 'log' },
          ]
        : []),
    ])
  })
}

interface Told {
  readonly action: 'drift.seen' | 'drift.healed'
  readonly message: string
}

/** What is told once: that it began to differ and by whom, and what was put back. */
function newWords({ row, seen, decision, done }: RecordedDrift): readonly Told[] {
  const known = new Set(driftedOf(row.objects).map((object) => wordsOf(object)))
  const fresh =
    decision.state !== 'drifted' ? [] : seen.objects.filter((object) => !known.has(wordsOf(object)))
  const began = fresh.map((object) => {
    const authors = object.authors.map(({ manager, fields }) =>
      fields.length === 0 ? manager : `${fields.join(', ')} by ${manager}`,
    )
    const how = object.change === 'missing' ? 'is missing' : 'differs from its release'
    const message = `${wordsOf(object)} ${how}${authors.length === 0 ? '' : `: ${authors.join('; ')}`}.`
    return { action: 'drift.seen', message } as const
  })
  const who = decision.putBack?.by === 'person' ? `as ${seen.wanted?.by ?? 'somebody'} asked` : 'by itself'
  return [
    ...began,
    ...(done === null || done.applied.length === 0
      ? []
      : [{ action: 'drift.healed' as const, message: `Put back ${who}: ${done.applied.join(', ')}.` }]),
  ]
}

async function tell(
  tx: WorkloadTx,
  { desired, seen, now }: RecordedDrift,
  { action, message }: Told,
): Promise<void> {
  const { application, spec, rollout, target } = desired
  const place = { stage: spec.name, cluster: target.cluster.name }
  await tx.rolloutEntry.create({
    data: { rolloutId: rollout.id, at: now, ...place, kind: 'drift', message },
  })
  const { kind, id, name } = systemActor('drift')
  await appendAudit(tx, {
    at: now,
    actor: { kind, id, name },
    action,
    outcome: 'done',
    projectId: application.projectId,
    subject: { kind: 'application', id: application.id, name: application.name },
    detail: { ...place, message, ...(seen.wanted === null ? {} : { askedBy: seen.wanted.by }) },
    via: 'worker',
    address: null,
  })
}

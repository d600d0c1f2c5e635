import { appendChanges } from '@fairlead/db/changes'
import type { WorkloadTx } from '@fairlead/db/views'
import { appendAudit } from '@fairlead/kernel/audit'
import { systemActor } from '@fairlead/kernel/context'
import type { TimelineEntry } from './decision'
import type { Observation } from './observation'

interface Told {
  readonly observation: Pick<Observation, 'rollout'>
  readonly now: Date
}

/** Into the timeline, and what changed something into the audit log. */
export async function writeEntry(
  tx: WorkloadTx,
  { observation, now }: Told,
  entry: TimelineEntry,
): Promise<void> {
  const { rollout } = observation
  const { stage, cluster, kind, message, audit } = entry
  await tx.rolloutEntry.create({ data: { rolloutId: rollout.id, at: now, stage, cluster, kind, message } })
  if (audit !== true) return
  const actor = systemActor('rollout')
  await appendAudit(tx, {
    at: now,
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    action: `rollout.${kind}`,
    outcome: kind === 'refused' || kind === 'failed' ? 'failed' : 'done',
    projectId: rollout.projectId,
    subject: { kind: 'rollout', id: rollout.id, name: `${rollout.application} #${rollout.number}` },
    detail: { stage, cluster, message, release: rollout.releaseNumber },
    via: 'worker',
    address: null,
  })
}

/** That there is something new to read, where entries were all that was written. */
export const changeOfEntries = (
  tx: WorkloadTx,
  { rollout }: Pick<Observation, 'rollout'>,
): Promise<unknown> =>
  appendChanges(tx, [
    { projectId: rollout.projectId, topic: 'rollout', key: rollout.id },
    { projectId: rollout.projectId, topic: 'audit', key: 'log' },
  ])

import type { RawSql } from '@fairlead/db/fast-sql'
import { recordLineages } from '../lineage/record-lineage'
import { notificationsOf, queueMessages } from '../outbox/notifications'
import type { Observation } from './observation'
import type { Plan } from './plan-types'

/** Lineage and notifications, kept in the same transaction until they are told outside. */
export async function recordTelling(
  tx: RawSql,
  { run, compiled }: Observation,
  plan: Plan,
  now: Date,
): Promise<void> {
  const { name, project, document } = compiled
  await recordLineages(
    tx,
    plan.lineage.map((note) => ({
      ...note,
      projectId: run.projectId,
      projectName: project,
      workflowId: run.workflowId,
      workflowName: name,
      runId: run.id,
      nominalTime: run.nominalTime,
      at: now,
    })),
  )
  const about = { id: run.id, number: run.number, workflow: name, project, state: plan.run.state }
  const messages = plan.notices.flatMap(({ on, message, task }) =>
    notificationsOf(document.spec.notify, { on, message, task, run: about, at: now }),
  )
  await queueMessages(tx, { projectId: run.projectId, runId: run.id, now }, messages)
}

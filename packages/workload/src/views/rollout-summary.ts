import type { RolloutSummary } from '@fairlead/contracts/rollout'
import type { RolloutState, StageState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { lostRelease, releaseRefs } from './release-ref'

export const summaryColumns = {
  id: true,
  applicationId: true,
  number: true,
  kind: true,
  state: true,
  paused: true,
  releaseId: true,
  requesterId: true,
  requesterName: true,
  reason: true,
  createdAt: true,
  finishedAt: true,
  application: { select: { name: true, projectId: true } },
  runs: { orderBy: { position: 'asc' }, select: { name: true, state: true, reason: true } },
} as const

interface SummaryRow {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly state: string
  readonly paused: boolean
  readonly releaseId: string
  readonly requesterName: string
  readonly reason: string
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly application: { readonly name: string; readonly projectId: string }
  readonly runs: readonly { readonly name: string; readonly state: string; readonly reason: string }[]
}

export async function projectNames(
  db: Pick<WorkloadDb, 'project'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.project.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function rolloutSummaries(
  db: Pick<WorkloadDb, 'project' | 'release'>,
  rows: readonly SummaryRow[],
): Promise<RolloutSummary[]> {
  const [projects, releases] = await Promise.all([
    projectNames(
      db,
      rows.map(({ application }) => application.projectId),
    ),
    releaseRefs(
      db,
      rows.map(({ releaseId }) => releaseId),
    ),
  ])
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    application: row.application.name,
    project: projects.get(row.application.projectId) ?? '',
    kind: row.kind === 'rollback' ? 'rollback' : 'deploy',
    state: row.state as RolloutState,
    paused: row.paused,
    release: releases.get(row.releaseId) ?? lostRelease(row.releaseId),
    requester: row.requesterName,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    stages: row.runs.map(({ name, state, reason }) => ({ name, state: state as StageState, reason })),
  }))
}

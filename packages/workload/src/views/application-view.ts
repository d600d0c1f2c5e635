import type { ApplicationSummary, ReleaseRef, StageSpec, StageSummary } from '@fairlead/contracts/application'
import { environmentSchema } from '@fairlead/contracts/cluster'
import type { DriftSummary } from '@fairlead/contracts/drift-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { documentOf } from '../application/stored'
import { openRolloutStates } from '../rollout/end-rollout'
import { clusterNames, type ClusterRow } from './cluster-names'
import { driftSummaries } from './drift-summary'
import { lostRelease, releaseRefs } from './release-ref'
import { projectNames } from './rollout-summary'

export interface ApplicationRow {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly document: unknown
  readonly updatedAt: Date
  readonly stages: readonly StandingRow[]
}
interface StandingRow {
  readonly name: string
  readonly verifiedReleaseId: string | null
  readonly lastConvergeMs: number | null
  readonly holdReason: string | null
  readonly holdSince: Date | null
  readonly holdExpiresAt: Date | null
}

/** Summaries of many applications with a fixed number of queries. */
export async function applicationSummaries(
  db: WorkloadDb,
  rows: readonly ApplicationRow[],
  now: Date,
): Promise<ApplicationSummary[]> {
  const rollouts = await db.rollout.findMany({
    where: { applicationId: { in: rows.map(({ id }) => id) }, state: { in: openRolloutStates } },
    select: {
      id: true,
      applicationId: true,
      number: true,
      releaseId: true,
      runs: { select: { name: true, state: true } },
    },
  })
  const [projects, releases, clusters, drifts] = await Promise.all([
    projectNames(
      db,
      rows.map(({ projectId }) => projectId),
    ),
    releaseRefs(db, [
      ...rows.flatMap(({ stages }) => stages.map(({ verifiedReleaseId }) => verifiedReleaseId)),
      ...rollouts.map(({ releaseId }) => releaseId),
    ]),
    clusterNames(db),
    driftSummaries(
      db,
      rows.map(({ id }) => id),
    ),
  ])
  return rows.map((row) => {
    const rollout = rollouts.find(({ applicationId }) => applicationId === row.id)
    return {
      id: row.id,
      name: row.name,
      projectId: row.projectId,
      project: projects.get(row.projectId) ?? '',
      updatedAt: row.updatedAt.toISOString(),
      stages: documentOf(row.document).spec.stages.map((spec) =>
        stageSummary(spec, {
          standing: row.stages.find(({ name }) => name === spec.name),
          rollout: rollout?.runs.some(({ name }) => name === spec.name) === true ? rollout : undefined,
          releases,
          clusters: clusters(spec, row.projectId),
          drift: drifts(row.id, spec.name),
          now,
        }),
      ),
    }
  })
}

interface StageFacts {
  readonly standing: StandingRow | undefined
  readonly rollout:
    | {
        readonly id: string
        readonly number: number
        readonly releaseId: string
        readonly runs: readonly { readonly name: string; readonly state: string }[]
      }
    | undefined
  readonly releases: ReadonlyMap<string, ReleaseRef>
  readonly clusters: readonly ClusterRow[]
  readonly drift: DriftSummary | null
  readonly now: Date
}

function stageSummary(
  spec: StageSpec,
  { standing, rollout, releases, clusters, drift, now }: StageFacts,
): StageSummary {
  const state = rollout?.runs.find(({ name }) => name === spec.name)?.state
  const environments = new Set(clusters.map(({ environment }) => environment))
  const [environment] = environments
  const held =
    standing?.holdReason != null &&
    (standing.holdExpiresAt === null || standing.holdExpiresAt.getTime() > now.getTime())
  return {
    name: spec.name,
    environment: environments.size === 1 ? environmentSchema.parse(environment) : null,
    verified: standing?.verifiedReleaseId == null ? null : (releases.get(standing.verifiedReleaseId) ?? null),
    current:
      rollout === undefined || state === undefined
        ? null
        : {
            rolloutId: rollout.id,
            number: rollout.number,
            state,
            release: releases.get(rollout.releaseId) ?? lostRelease(rollout.releaseId),
          },
    hold: held
      ? {
          reason: standing.holdReason ?? '',
          since: (standing.holdSince ?? now).toISOString(),
          expiresAt: standing.holdExpiresAt?.toISOString() ?? null,
        }
      : null,
    drift,
    approvalRequired: spec.approval !== undefined,
    lastConvergeMs: standing?.lastConvergeMs ?? null,
    clusters: clusters.map(({ name }) => name),
    namespace: spec.targets.namespace,
  }
}

import { environmentSchema } from '@fairlead/contracts/cluster'
import type { ApplicationDrift } from '@fairlead/contracts/drift'
import { holds } from '@fairlead/contracts/permissions'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { documentOf } from '../application/stored'
import { driftedOf, wantedOf } from '../drift/stored'
import { driftStateOf } from '../views/drift-summary'
import type { WorkloadDeps } from '../workload-deps'

/** How far each target is from what was verified there: as it was compared last, with the time of that. */
export const getDrift = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('drift.get', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    run: async (context, input): Promise<ApplicationDrift> => {
      const application = await findApplication(context, input)
      const rows = await db.stageDrift.findMany({ where: { applicationId: application.id } })
      const [clusters, releases] = await Promise.all([
        db.cluster.findMany({
          where: { id: { in: rows.map(({ clusterId }) => clusterId) } },
          select: { id: true, name: true, environment: true, colour: true },
        }),
        db.release.findMany({
          where: { id: { in: rows.flatMap(({ releaseId }) => releaseId ?? []) } },
          select: { id: true, number: true },
        }),
      ])
      const targets = documentOf(application.document).spec.stages.flatMap((spec) =>
        rows
          .filter(({ stage }) => stage === spec.name)
          .flatMap((row) => {
            const cluster = clusters.find(({ id }) => id === row.clusterId)
            if (cluster === undefined) return []
            const wanted = wantedOf(row.wanted)
            return [
              {
                stage: spec.name,
                cluster: { ...cluster, environment: environmentSchema.parse(cluster.environment) },
                namespace: row.namespace,
                state: driftStateOf(row.state),
                reason: row.reason,
                mode: spec.drift,
                since: row.since?.toISOString() ?? null,
                checkedAt: row.checkedAt?.toISOString() ?? null,
                release: releases.find(({ id }) => id === row.releaseId)?.number ?? null,
                objects: driftedOf(row.objects),
                wanted: wanted === null ? null : { by: wanted.by, at: wanted.at },
              },
            ]
          })
          .toSorted((left, right) => left.cluster.name.localeCompare(right.cluster.name)),
      )
      const scope = { kind: 'project', projectId: application.projectId } as const
      const passed = holds(context.actor.memberships, 'rollout.create', scope)
      return {
        targets,
        putBack: {
          passed,
          reason: passed
            ? null
            : 'You may not change what runs in this project: it takes the role deployer or operator.',
        },
      }
    },
  })

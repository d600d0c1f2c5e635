import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import crypto from 'node:crypto'
import { findApplication } from '../application/find-application'
import { toJson } from '../application/stored'
import { driftedOf, type Wanted } from '../drift/stored'
import type { WorkloadDeps } from '../workload-deps'

/** The wish that drifted targets be as they were verified; a freeze window lets it wait. */
export const putBack = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('drift.putBack', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: (context, input) => findApplication(context, input),
    run: async (context, input, application) => {
      const { tx, now, actor } = context
      context.subject({ kind: 'application', id: application.id, name: application.name })
      context.note({ stage: input.stage, cluster: input.cluster ?? null, reason: input.reason })
      const clusters =
        input.cluster === undefined
          ? null
          : await tx.cluster.findMany({ where: { name: input.cluster }, select: { id: true } })
      const rows = await tx.stageDrift.findMany({
        where: {
          applicationId: application.id,
          stage: input.stage,
          state: 'drifted',
          ...(clusters === null ? {} : { clusterId: { in: clusters.map(({ id }) => id) } }),
        },
      })
      if (rows.length === 0)
        throw new FairleadError(
          'conflict',
          `Nothing of stage ${input.stage}${input.cluster === undefined ? '' : ` on ${input.cluster}`} is known to differ from its release.`,
        )
      for (const row of rows) {
        const managers = driftedOf(row.objects).flatMap(({ authors }) =>
          authors.map(({ manager }) => manager),
        )
        const wanted: Wanted = {
          id: crypto.randomUUID(),
          by: actor.name,
          at: now.toISOString(),
          reason: input.reason,
          managers: [...new Set(managers)],
        }
        await tx.stageDrift.update({ where: { id: row.id }, data: { wanted: toJson(wanted), checkAt: now } })
        context.ring({ doorbell: 'drift', key: row.id })
      }
      context.change({ topic: 'application', key: application.id, projectId: application.projectId })
      return { targets: rows.length }
    },
  })

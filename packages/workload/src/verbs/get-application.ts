import type { ApplicationDetail } from '@fairlead/contracts/application'
import { holds } from '@fairlead/contracts/permissions'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { documentOf, manifestsOf } from '../application/stored'
import { originOf } from '../source/stored'
import { applicationSummaries } from '../views/application-view'
import { releaseColumns, releaseRef } from '../views/release-ref'
import type { WorkloadDeps } from '../workload-deps'

const maxReleases = 50

export const getApplication = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('application.get', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    run: async (context, input): Promise<ApplicationDetail> => {
      const application = await findApplication(context, input)
      const stages = await db.stage.findMany({ where: { applicationId: application.id } })
      const [summary] = await applicationSummaries(db, [{ ...application, stages }], context.now)
      if (summary === undefined) throw notFound('application')
      const releases = await db.release.findMany({
        where: { applicationId: application.id },
        orderBy: { number: 'desc' },
        take: maxReleases,
        select: { ...releaseColumns, manifests: true, source: true },
      })
      const scope = { kind: 'project', projectId: application.projectId } as const
      const deployable = holds(context.actor.memberships, 'rollout.create', scope)
      return {
        ...summary,
        document: documentOf(application.document),
        releases: releases.map((release) => ({
          ...releaseRef(release),
          origin: originOf(release.source),
          objects: manifestsOf(release.manifests).map(({ kind, metadata }) => ({
            kind,
            name: metadata.name,
          })),
        })),
        deployable: {
          passed: deployable,
          reason: deployable
            ? null
            : 'You may not deploy in this project: it takes the role deployer or operator.',
        },
      }
    },
  })

import { holds } from '@fairlead/contracts/permissions'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { stringify } from 'yaml'
import { manifestsOf } from '../application/stored'
import type { WorkloadDeps } from '../workload-deps'

async function findRelease({ db, actor }: QueryContext<WorkloadDb>, id: string) {
  const release = await db.release.findUnique({
    where: { id },
    select: { number: true, manifests: true, application: { select: { projectId: true } } },
  })
  const projectId = release?.application.projectId
  if (release === null || projectId === undefined) throw notFound('release')
  if (!holds(actor.memberships, 'project.view', { kind: 'project', projectId })) throw notFound('release')
  return { ...release, projectId }
}

/** As stored: Secrets show keyed fingerprints, their values are nowhere in it. */
export const manifests = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('rollout.manifests', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findRelease(context, input.release)).projectId,
    }),
    run: async (context, input) => {
      const release = await findRelease(context, input.release)
      const yaml = manifestsOf(release.manifests)
        .map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }))
        .join('---\n')
      return { yaml, number: release.number }
    },
  })

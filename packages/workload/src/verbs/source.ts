import { holds } from '@fairlead/contracts/permissions'
import { commitUrl, sourceStateSchema, type SourceView } from '@fairlead/contracts/source'
import { pulledSource, type PulledSource } from '@fairlead/contracts/source-document'
import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { documentOf } from '../application/stored'
import { originOf, sourceErrorOf } from '../source/stored'
import { releaseColumns, releaseRef } from '../views/release-ref'
import type { WorkloadDeps } from '../workload-deps'

/** Where the manifests come from, and how it stood at the last look. */
export const getSource = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('source.get', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    run: async (context, input): Promise<SourceView> => {
      const application = await findApplication(context, input)
      const { source } = documentOf(application.document).spec
      const row = await db.applicationSource.findUnique({ where: { applicationId: application.id } })
      const release =
        row?.releaseId == null
          ? null
          : await db.release.findUnique({
              where: { id: row.releaseId },
              select: { ...releaseColumns, source: true },
            })
      const place = placeOf(pulledSource(source))
      const scope = { kind: 'project', projectId: application.projectId } as const
      const may = holds(context.actor.memberships, 'rollout.create', scope)
      const mayChange = holds(context.actor.memberships, 'application.write', scope)
      const revision = row?.revision ?? null
      return {
        ...place,
        on: source.on,
        every: source.every,
        state: sourceStateSchema.catch('waiting').parse(row?.state),
        revision,
        revisionUrl: place.repository === null ? null : pageOf(place.repository, revision),
        release: release === null ? null : releaseRef(release),
        origin: release === null ? null : originOf(release.source),
        error: sourceErrorOf(row?.error ?? null),
        lookedAt: row?.lookedAt?.toISOString() ?? null,
        nextLookAt: row?.checkAt?.toISOString() ?? null,
        asked: row?.askedAt != null,
        look: {
          passed: may,
          reason: may ? null : 'You may not deploy in this project: it takes the role deployer or operator.',
        },
        hook: {
          exists: row?.hook != null,
          passed: mayChange,
          reason: mayChange
            ? null
            : 'You may not change applications in this project: it takes the role deployer.',
        },
      }
    },
  })

const pageOf = (repository: string, revision: string | null): string | null =>
  revision !== null && /^[0-9a-f]{40}$/.test(revision) ? commitUrl(repository, revision) : null

function placeOf(
  source: PulledSource | null,
): Pick<SourceView, 'kind' | 'repository' | 'ref' | 'path' | 'chart' | 'version'> {
  const nothing = { repository: null, ref: null, path: null, chart: null, version: null }
  if (source === null) return { kind: 'inline', ...nothing }
  const { kind } = source
  if (source.kind !== 'helm') {
    const { repository, ref, path } = source
    return { ...nothing, kind, repository, ref, path }
  }
  if (source.at.from === 'git') {
    const { repository, ref, path } = source.at
    return { ...nothing, kind, repository, ref, path }
  }
  const { repository, chart, version, digest } = source.at
  return { ...nothing, kind, repository, chart, version: digest === null ? version : `${version}@${digest}` }
}

/** Only rings: who answers finds out whether anything is new. */
export const lookAtSource = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('source.look', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: (context, input) => findApplication(context, input),
    run: async (context, _input, application) => {
      const { tx, now } = context
      context.subject({ kind: 'application', id: application.id, name: application.name })
      const { count } = await tx.applicationSource.updateMany({
        where: { applicationId: application.id },
        data: { askedAt: now, checkAt: now },
      })
      if (count === 0)
        throw new FairleadError('conflict', 'The manifests of this application are given at each deploy.', {
          path: 'spec.source',
          found: 'inline',
          expected: 'git, kustomize or helm',
        })
      context.change({ topic: 'application', key: application.id, projectId: application.projectId })
      context.ring({ doorbell: 'source', key: application.id })
      return { done: true }
    },
  })

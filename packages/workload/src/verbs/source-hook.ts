import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { findApplication } from '../application/find-application'
import { limitPosts } from '../source/hook-limit'
import { proves } from '../source/hook-proof'
import type { WorkloadDeps } from '../workload-deps'

const sealedContext = (applicationId: string): string => `source/${applicationId}/hook`

/** A new secret; the one before is worth nothing any more. */
export const setSourceHook = ({ db, cipher }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('source.setHook', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findApplication(context, input)).projectId,
    }),
    prepare: (context, input) => findApplication(context, input),
    run: async (context, _input, { id, name, projectId }) => {
      context.subject({ kind: 'application', id, name })
      const secret = crypto.randomBytes(32).toString('base64url')
      const { count } = await context.tx.applicationSource.updateMany({
        where: { applicationId: id },
        data: { hook: cipher.seal(secret, sealedContext(id)) },
      })
      if (count === 0)
        throw new FairleadError('conflict', 'The manifests of this application are given at each deploy.', {
          path: 'spec.source',
          found: 'inline',
          expected: 'git, kustomize or helm',
        })
      context.change({ topic: 'application', key: id, projectId })
      return { secret, path: `/api/hooks/source/${id}` }
    },
  })

/** Only rings, whatever it says; the same answer for "there is none" and "that is not its secret". */
export const sourceHook = ({ db, cipher }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('source.hook', {
    // A project reads in its audit log what came for it, refused or not.
    scope: async (context, { application: id }) => {
      const found = await context.db.application.findUnique({ where: { id }, select: { projectId: true } })
      return found === null ? { kind: 'any' } : { kind: 'project', projectId: found.projectId }
    },
    prepare: async (context, { application: applicationId, ...hook }) => {
      const { db, now, address } = context
      const row = await db.applicationSource.findUnique({
        where: { applicationId },
        select: { hook: true, application: { select: { name: true } } },
      })
      const sealed = row?.hook ?? null
      const proven = sealed !== null && proves(cipher.open(sealed, sealedContext(applicationId)), hook)
      await limitPosts(db, { application: applicationId, address, proven }, now)
      if (row === null || !proven) throw notFound('webhook')
      return row.application
    },
    run: async (context, { application: applicationId }, { name }) => {
      const { tx, now } = context
      context.subject({ kind: 'application', id: applicationId, name })
      const asked = { where: { applicationId }, data: { checkAt: now } }
      const { count } = await tx.applicationSource.updateMany(asked)
      if (count === 0) throw notFound('webhook')
      context.ring({ doorbell: 'source', key: applicationId })
      return { done: true }
    },
  })

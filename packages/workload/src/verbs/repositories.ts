import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { visibleProjects } from '../application/find-application'
import { sealedContext } from '../source/login'
import type { WorkloadDeps } from '../workload-deps'

async function projectNamed({ db }: Pick<QueryContext<WorkloadDb>, 'db'>, name: string) {
  const project = await db.project.findUnique({ where: { name }, select: { id: true, name: true } })
  if (project === null) throw notFound('project')
  return project
}

/** Which repositories and metrics servers a project has a login for; never the password. */
export const listRepositories = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).query('repository.list', {
    scope: { kind: 'any' },
    run: async (context) => {
      const rows = await context.db.repositoryCredential.findMany({
        where: visibleProjects(context.actor),
        orderBy: { address: 'asc' },
        select: { projectId: true, address: true, username: true, rotatedAt: true },
      })
      const projects = await context.db.project.findMany({
        where: { id: { in: rows.map(({ projectId }) => projectId) } },
        select: { id: true, name: true },
      })
      const nameOf = new Map(projects.map(({ id, name }) => [id, name]))
      return rows.map(({ projectId, address, username, rotatedAt }) => ({
        project: nameOf.get(projectId) ?? projectId,
        address,
        username,
        rotatedAt: rotatedAt.toISOString(),
      }))
    },
  })

/** Keeps a login, or puts another in its place. */
export const setRepository = ({ db, cipher }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('repository.set', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await projectNamed(context, input.project)).id,
    }),
    prepare: (context, input) => projectNamed(context, input.project),
    run: async (context, { address, username, password }, project) => {
      const { tx, now } = context
      const key = { projectId_address: { projectId: project.id, address } }
      const before = await tx.repositoryCredential.findUnique({ where: key })
      const id = before?.id ?? crypto.randomUUID()
      const version = (before?.version ?? 0) + 1
      const written = {
        username,
        version,
        sealed: cipher.seal(password, sealedContext(id, version)),
        rotatedAt: now,
      }
      await tx.repositoryCredential.upsert({
        where: key,
        create: { id, projectId: project.id, address, ...written },
        update: written,
      })
      context.subject({ kind: 'repository', id, name: address })
      context.note({ username, version })
      context.change({ topic: 'project', key: project.id, projectId: project.id })
      return { created: before === null }
    },
  })

export const removeRepository = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('repository.remove', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await projectNamed(context, input.project)).id,
    }),
    prepare: (context, input) => projectNamed(context, input.project),
    run: async (context, { address }, project) => {
      context.subject({ kind: 'repository', id: project.id, name: address })
      const { count } = await context.tx.repositoryCredential.deleteMany({
        where: { projectId: project.id, address },
      })
      if (count === 0) throw new FairleadError('not_found', `${project.name} has no login for ${address}.`)
      context.change({ topic: 'project', key: project.id, projectId: project.id })
      return { done: true }
    },
  })

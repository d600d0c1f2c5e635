import type { askExceptionSchema } from '@fairlead/contracts/freeze'
import { FairleadError } from '@fairlead/contracts/errors'
import { holds, type Scope } from '@fairlead/contracts/permissions'
import type { FreezeDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import type { z } from 'zod'

type Context = Pick<QueryContext<FreezeDb>, 'db' | 'actor'>
export type AskInput = z.output<typeof askExceptionSchema>

/** What an exception is for, as it is stored. */
export interface ExceptionSubject {
  readonly projectId: string | null
  readonly rolloutId: string | null
  readonly applicationId: string | null
  readonly clusterId: string | null
  readonly about: string
}

const nothing = { projectId: null, rolloutId: null, applicationId: null, clusterId: null }

export async function subjectOf(context: Context, input: AskInput): Promise<ExceptionSubject> {
  if (input.rollout !== undefined) return ofRollout(context, input.rollout)
  if (input.application !== undefined) return ofApplication(context, input.application, input.cluster)
  return ofCluster(context, input.cluster ?? '', input.project)
}

/** Where the right is needed: in its project, or for everything on a cluster on the installation. */
export const scopeOfSubject = ({ projectId }: Pick<ExceptionSubject, 'projectId'>): Scope =>
  projectId === null ? { kind: 'installation' } : { kind: 'project', projectId }

const sees = ({ actor }: Context, projectId: string): boolean =>
  holds(actor.memberships, 'project.view', { kind: 'project', projectId })

async function projectName({ db }: Context, id: string): Promise<string> {
  return (await db.project.findUnique({ where: { id }, select: { name: true } }))?.name ?? ''
}

async function ofRollout(context: Context, id: string): Promise<ExceptionSubject> {
  const row = await context.db.rollout.findUnique({
    where: { id },
    select: { number: true, finishedAt: true, application: { select: { name: true, projectId: true } } },
  })
  if (row === null || !sees(context, row.application.projectId)) throw notFound('rollout')
  if (row.finishedAt !== null) throw new FairleadError('conflict', 'The rollout has ended already.')
  const { name, projectId } = row.application
  const about = `rollout ${row.number} of ${await projectName(context, projectId)}/${name}`
  return { ...nothing, projectId, rolloutId: id, about }
}

async function ofApplication(
  context: Context,
  named: NonNullable<AskInput['application']>,
  cluster: string | undefined,
): Promise<ExceptionSubject> {
  const visible = projectsWith(context.actor, 'project.view')
  const found = await context.db.application.findMany({
    where: { name: named.application, ...(visible === 'all' ? {} : { projectId: { in: visible } }) },
    select: { id: true, projectId: true },
  })
  const rows = await Promise.all(
    found.map(async (row) => ({ ...row, project: await projectName(context, row.projectId) })),
  )
  const [one, other] = rows.filter(({ project }) => named.project === undefined || project === named.project)
  if (one === undefined) throw notFound('application')
  if (other !== undefined)
    throw new FairleadError('invalid', `Several projects have an application "${named.application}".`, {
      path: 'application.project',
      expected: 'the name of the project',
    })
  const { id, projectId, project } = one
  const name = `${project}/${named.application}`
  if (cluster === undefined) return { ...nothing, projectId, applicationId: id, about: name }
  const place = await clusterName(context, cluster, projectId)
  return { ...nothing, projectId, applicationId: id, clusterId: cluster, about: `${name} on ${place}` }
}

async function ofCluster(
  context: Context,
  cluster: string,
  project: string | undefined,
): Promise<ExceptionSubject> {
  if (project === undefined) {
    const about = `everything on ${await clusterName(context, cluster, null)}`
    return { ...nothing, clusterId: cluster, about }
  }
  const row = await context.db.project.findUnique({ where: { name: project }, select: { id: true } })
  if (row === null || !sees(context, row.id)) throw notFound('project')
  const place = await clusterName(context, cluster, row.id)
  return { ...nothing, projectId: row.id, clusterId: cluster, about: `project ${project} on ${place}` }
}

/** A cluster that the project may use; of no project, one that the actor sees on the installation. */
async function clusterName({ db, actor }: Context, id: string, projectId: string | null): Promise<string> {
  const allowed =
    projectId === null
      ? holds(actor.memberships, 'inventory.view', { kind: 'installation' })
      : (await db.destination.findFirst({ where: { clusterId: id, projectId } })) !== null
  const row = allowed ? await db.cluster.findUnique({ where: { id }, select: { name: true } }) : null
  if (row === null) throw notFound('cluster')
  return row.name
}

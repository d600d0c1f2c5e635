import { FairleadError } from '@fairlead/contracts/errors'
import { holds, type Scope } from '@fairlead/contracts/permissions'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'

type Context = Pick<QueryContext<WorkloadDb>, 'db' | 'actor'>

/** SQL condition for "in a project that the actor may see". */
export function visibleProjects(actor: QueryContext<WorkloadDb>['actor']): { projectId?: { in: string[] } } {
  const ids = projectsWith(actor, 'project.view')
  return ids === 'all' ? {} : { projectId: { in: ids } }
}

/** By name, in one project or in all that the actor sees; a name that several of them have must be qualified. */
export async function findApplication(
  { db, actor }: Context,
  reference: { readonly project?: string | undefined; readonly application: string },
) {
  const project =
    reference.project === undefined
      ? undefined
      : await db.project.findUnique({ where: { name: reference.project }, select: { id: true } })
  if (project === null) throw notFound('application')
  const found = await db.application.findMany({
    where: {
      name: reference.application,
      AND: [visibleProjects(actor), project === undefined ? {} : { projectId: project.id }],
    },
    take: 2,
  })
  const [application, other] = found
  if (application === undefined) throw notFound('application')
  if (other !== undefined)
    throw new FairleadError('invalid', `Several projects have an application "${reference.application}".`, {
      path: 'project',
      expected: 'the name of the project',
    })
  return application
}

/** What a verb about one rollout is allowed by: the project of one that the actor may see. */
export async function rolloutScope(
  { db, actor }: Context,
  { rollout: id }: { readonly rollout: string },
): Promise<Scope> {
  const rollout = await db.rollout.findUnique({
    where: { id },
    select: { application: { select: { projectId: true } } },
  })
  const projectId = rollout?.application.projectId
  if (projectId === undefined || !holds(actor.memberships, 'project.view', { kind: 'project', projectId }))
    throw notFound('rollout')
  return { kind: 'project', projectId }
}

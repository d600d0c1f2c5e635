import { FairleadError } from '@fairlead/contracts/errors'
import { holds } from '@fairlead/contracts/permissions'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'

type Context = Pick<QueryContext<WorkflowDb>, 'db' | 'actor'>
type Actor = QueryContext<WorkflowDb>['actor']

/** Condition for "in a project that the actor may see". */
export function visibleProjects(actor: Actor): { projectId?: { in: string[] } } {
  const ids = projectsWith(actor, 'project.view')
  return ids === 'all' ? {} : { projectId: { in: ids } }
}

/** A project by name; one that the actor may not see is one that doesn't exist. */
export async function findProject(
  { db, actor }: Context,
  name: string,
): Promise<{ id: string; name: string }> {
  const project = await db.project.findUnique({ where: { name }, select: { id: true, name: true } })
  if (
    project === null ||
    !holds(actor.memberships, 'project.view', { kind: 'project', projectId: project.id })
  )
    throw notFound('project')
  return project
}

/** By name, in one project or in all that the actor sees; a name that several of them have must be qualified. */
export async function findWorkflow(
  { db, actor }: Context,
  reference: { readonly project?: string | undefined; readonly workflow: string },
) {
  const project =
    reference.project === undefined
      ? undefined
      : await db.project.findUnique({ where: { name: reference.project }, select: { id: true } })
  if (project === null) throw notFound('workflow')
  const [workflow, other] = await db.workflow.findMany({
    where: {
      name: reference.workflow,
      AND: [visibleProjects(actor), project === undefined ? {} : { projectId: project.id }],
    },
    take: 2,
  })
  if (workflow === undefined) throw notFound('workflow')
  if (other !== undefined)
    throw new FairleadError('invalid', `Several projects have a workflow "${reference.workflow}".`, {
      path: 'project',
      expected: 'the name of the project',
    })
  return workflow
}

/** The project of a run that the actor may see. */
export async function projectOfRun({ db, actor }: Context, runId: string): Promise<string> {
  const run = await db.workflowRun.findUnique({ where: { id: runId }, select: { projectId: true } })
  if (
    run === null ||
    !holds(actor.memberships, 'project.view', { kind: 'project', projectId: run.projectId })
  )
    throw notFound('run')
  return run.projectId
}

/** Scope of whatever is about one workflow. */
export const ofWorkflow = async (
  context: Context,
  input: { readonly project?: string | undefined; readonly workflow: string },
) => ({ kind: 'project', projectId: (await findWorkflow(context, input)).projectId }) as const

/** Scope of whatever is about one run. */
export const ofRun = async (context: Context, input: { readonly run: string }) =>
  ({ kind: 'project', projectId: await projectOfRun(context, input.run) }) as const

/** Ids of the projects that a list may show: those visible, or the one of them that was asked for. */
export async function listedProjects(context: Context, name: string | undefined): Promise<'all' | string[]> {
  if (name === undefined) return projectsWith(context.actor, 'project.view')
  const project = await context.db.project.findUnique({ where: { name }, select: { id: true } })
  const scope = { kind: 'project', projectId: project?.id ?? '' } as const
  return project !== null && holds(context.actor.memberships, 'project.view', scope) ? [project.id] : []
}

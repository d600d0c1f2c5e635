import { FairleadError } from '@fairlead/contracts/errors'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { IdentityDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { CommandContext, QueryContext } from '@fairlead/kernel/context'
import { room, type Entries } from '@fairlead/kernel/door'

type Context = CommandContext<IdentityDb>

export function projectEntries(
  db: IdentityDb,
): Pick<Entries, 'project.list' | 'project.create' | 'project.setDestinations'> {
  const { query, command } = room(db)
  return {
    'project.list': query('project.list', { scope: { kind: 'any' }, run: listProjects }),
    'project.create': command('project.create', { scope: { kind: 'installation' }, run: createProject }),
    // Destinations say what a project may see: its own administrators must not widen that themselves.
    'project.setDestinations': command('project.setDestinations', {
      scope: { kind: 'installation' },
      run: setDestinations,
    }),
  }
}

async function listProjects({ db, actor }: QueryContext<IdentityDb>) {
  const visible = projectsWith(actor, 'project.view')
  const projects = await db.project.findMany({
    ...(visible === 'all' ? {} : { where: { id: { in: visible } } }),
    orderBy: { name: 'asc' },
    include: { destinations: true, memberships: { select: { userId: true } } },
  })
  const [clusters, applications] = await Promise.all([
    db.cluster.findMany({ select: { id: true, name: true } }),
    db.application.groupBy({ by: ['projectId'], _count: true }),
  ])
  const clusterName = new Map(clusters.map(({ id, name }) => [id, name]))
  const applicationsOf = new Map(applications.map(({ projectId, _count }) => [projectId, _count]))
  return projects.map((project) => ({
    id: project.id,
    name: project.name,
    description: project.description,
    destinations: project.destinations
      .flatMap(({ clusterId, namespace }) => {
        const cluster = clusterName.get(clusterId)
        return cluster === undefined ? [] : [{ cluster, namespace }]
      })
      .sort((a, b) => `${a.cluster}/${a.namespace}`.localeCompare(`${b.cluster}/${b.namespace}`)),
    applications: applicationsOf.get(project.id) ?? 0,
    people: new Set(project.memberships.map(({ userId }) => userId)).size,
  }))
}

async function createProject(context: Context, input: ParsedOf<'project.create'>): Promise<{ id: string }> {
  const { tx } = context
  if ((await tx.project.findUnique({ where: { name: input.name } })) !== null)
    throw new FairleadError('conflict', `There is a project named ${input.name} already.`, { path: 'name' })
  const project = await tx.project.create({ data: input })
  context.subject({ kind: 'project', id: project.id, name: project.name })
  context.change({ topic: 'project', key: project.id, projectId: project.id })
  return { id: project.id }
}

async function setDestinations(context: Context, input: ParsedOf<'project.setDestinations'>) {
  const { tx } = context
  const project = await tx.project.findUnique({ where: { name: input.project } })
  if (project === null) throw notFound('project')
  const names = [...new Set(input.destinations.map(({ cluster }) => cluster))]
  const clusters = await tx.cluster.findMany({
    where: { name: { in: names } },
    select: { id: true, name: true },
  })
  const idOf = new Map(clusters.map(({ id, name }) => [name, id]))
  const missing = names.find((name) => !idOf.has(name))
  if (missing !== undefined)
    throw new FairleadError('invalid', `There is no cluster named ${missing}.`, {
      path: 'destinations',
      found: missing,
    })
  const wanted = new Map(
    input.destinations.map(({ cluster, namespace }) => [
      `${cluster}/${namespace}`,
      { projectId: project.id, clusterId: idOf.get(cluster) ?? '', namespace },
    ]),
  )
  await tx.destination.deleteMany({ where: { projectId: project.id } })
  await tx.destination.createMany({ data: [...wanted.values()] })
  context.subject({ kind: 'project', id: project.id, name: project.name })
  context.note({ destinations: [...wanted.keys()] })
  context.change({ topic: 'project', key: project.id, projectId: project.id })
  return { done: true } as const
}

import type { FreezeQuestion } from '@fairlead/contracts/freeze-gate'
import type { FreezeDb } from '@fairlead/db/views'
import { z } from 'zod'

/** A project, and perhaps an application of it, with what exceptions name them by. */
export interface PlacedParty {
  readonly projectId: string | null
  readonly project: string | null
  readonly applicationId: string | null
  readonly application: string | null
}

const nobody: PlacedParty = { projectId: null, project: null, applicationId: null, application: null }
const labelsSchema = z.record(z.string(), z.string()).catch({})

type Db = Pick<FreezeDb, 'cluster' | 'project' | 'application' | 'destination'>

/** Null when the cluster was removed. */
export async function clusterOf({ cluster }: Pick<Db, 'cluster'>, id: string) {
  const row = await cluster.findUnique({
    where: { id },
    select: { name: true, environment: true, labels: true },
  })
  if (row === null) return null
  return {
    name: row.name,
    labels: { ...labelsSchema.parse(row.labels), environment: row.environment },
  }
}

/**
 * Whose things lie where something is about to be changed. Of an application that is known: it alone. In a namespace:
 * the projects whose destination covers it, a named one before `*`, each with the application that the object's label
 * names, or else with all that were ever rolled out there. Of a whole cluster, as a node is: everybody on it.
 */
export async function partiesOf(db: Db, question: FreezeQuestion): Promise<readonly PlacedParty[]> {
  const { application } = question
  if (application !== null && 'projectId' in application)
    return declared(db, application.projectId, application.name)
  const projects = await projectsAt(db, question)
  if (projects.length === 0) return [nobody]
  const applications = await db.application.findMany({
    where: {
      projectId: { in: projects.map(({ id }) => id) },
      ...(application === null ? wasRolledOutAt(question) : { name: application.label }),
    },
    select: { id: true, name: true, projectId: true },
  })
  if (application !== null && applications.length === 0)
    return partiesOf(db, { ...question, application: null })
  const parties = projects.flatMap(({ id, name }): PlacedParty[] => {
    const theirs = applications.filter(({ projectId }) => projectId === id)
    const party = { ...nobody, projectId: id, project: name }
    if (theirs.length > 0)
      return theirs.map((one) => ({ ...party, applicationId: one.id, application: one.name }))
    return application === null ? [party] : []
  })
  return question.namespace === null ? [nobody, ...parties] : parties
}

async function declared(db: Db, projectId: string, name: string): Promise<readonly PlacedParty[]> {
  const [project, found] = await Promise.all([
    db.project.findUnique({ where: { id: projectId }, select: { name: true } }),
    db.application.findUnique({ where: { projectId_name: { projectId, name } }, select: { id: true } }),
  ])
  return [{ projectId, project: project?.name ?? null, applicationId: found?.id ?? null, application: name }]
}

async function projectsAt(db: Db, { clusterId, namespace }: FreezeQuestion) {
  const covering = await db.destination.findMany({
    where: { clusterId, ...(namespace === null ? {} : { namespace: { in: ['*', namespace] } }) },
    select: { projectId: true, namespace: true },
  })
  const named = covering.filter((row) => row.namespace === namespace)
  const ids = (named.length > 0 ? named : covering).map(({ projectId }) => projectId)
  return db.project.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

const wasRolledOutAt = ({ clusterId, namespace }: FreezeQuestion) => {
  const targets = { some: { clusterId, ...(namespace === null ? {} : { namespace }) } }
  return { rollouts: { some: { runs: { some: { targets } } } } }
}

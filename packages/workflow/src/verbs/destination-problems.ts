import { airflowPlace, connectionOf, placeName } from '@fairlead/contracts/airflow-place'
import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'
import { pathText, readDocumentText, type DocumentPath } from '@fairlead/documents/document-text'
import { fixedCluster } from '../views/fixed-clusters'
import type { Destination } from '../workflow-deps'

const maxShown = 10

/** Tasks whose cluster and namespace, or whose Airflow, are written down, and are none of the project's; others are judged when they run. */
export function destinationProblems(
  workflow: CompiledWorkflow,
  source: string,
  destinations: readonly Destination[],
): DocumentProblem[] {
  const found = new Map<string, Foreign>()
  for (const task of workflow.tasks.values()) {
    const foreign = foreignOf(task, workflow, destinations)
    // Said once for defaults, however many tasks take them.
    if (foreign !== null)
      found.set(`${pathText(foreign.path)} ${foreign.cluster}/${foreign.namespace}`, foreign)
  }
  if (found.size === 0) return []
  const text = readDocumentText(source)
  return [...found.values()].map((foreign) => ({
    path: pathText(foreign.path),
    ...(text.ok ? text.text.positionOf(foreign.path) : { line: null, column: null }),
    ...problemOf(workflow.project, foreign, destinations),
  }))
}

function problemOf(
  project: string,
  { cluster, namespace }: Foreign,
  destinations: readonly Destination[],
): Pick<DocumentProblem, 'message' | 'found' | 'expected'> {
  const connection = connectionOf(cluster)
  if (connection !== null)
    return {
      message: `The project ${project} may not use ${placeName(cluster)}`,
      found: connection,
      expected: expectedConnections(destinations),
    }
  return {
    message: `The project ${project} may not run in namespace ${namespace} of cluster ${cluster}`,
    found: `${cluster}/${namespace}`,
    expected: expectedText(destinations),
  }
}

interface Foreign {
  readonly path: DocumentPath
  readonly cluster: string
  readonly namespace: string
}

function foreignOf(
  task: CompiledTask,
  workflow: CompiledWorkflow,
  destinations: readonly Destination[],
): Foreign | null {
  const { airflow } = task.source
  if (airflow !== undefined) {
    const place = airflowPlace(airflow.connection)
    return destinations.some(({ cluster }) => cluster === place)
      ? null
      : { path: ['spec', 'tasks', task.position, 'airflow', 'connection'], cluster: place, namespace: '*' }
  }
  const cluster = fixedCluster(task, workflow)
  const namespace = task.source.namespace ?? workflow.document.spec.defaults.namespace
  if (cluster === null || namespace === undefined) return null
  const there = destinations.filter((one) => one.cluster === cluster)
  if (there.some((one) => one.namespace === '*' || one.namespace === namespace)) return null
  const part = there.length === 0 ? 'cluster' : 'namespace'
  const own = task.source[part] !== undefined
  const path = own ? ['spec', 'tasks', task.position, part] : ['spec', 'defaults', part]
  return { path, cluster, namespace }
}

function expectedConnections(destinations: readonly Destination[]): string {
  const names = destinations.flatMap(({ cluster }) => connectionOf(cluster) ?? [])
  return names.length === 0
    ? 'a connection that was given to the project: an administrator gives it one first'
    : `one of the project's connections: ${names.slice(0, maxShown).join(', ')}`
}

function expectedText(given: readonly Destination[]): string {
  const destinations = given.filter(({ cluster }) => connectionOf(cluster) === null)
  if (destinations.length === 0) return 'a destination: an administrator gives the project some first'
  const shown = destinations.slice(0, maxShown).map(({ cluster, namespace }) => `${cluster}/${namespace}`)
  return `one of the project's destinations: ${shown.join(', ')}${destinations.length > maxShown ? ' …' : ''}`
}

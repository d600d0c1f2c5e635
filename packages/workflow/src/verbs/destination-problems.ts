import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'
import { pathText, readDocumentText, type DocumentPath } from '@fairlead/documents/document-text'
import { fixedCluster } from '../views/fixed-clusters'
import type { Destination } from '../workflow-deps'

const maxShown = 10

/** Tasks whose cluster and namespace are written down, and are none of the project's; others are judged when they run. */
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
  const expected = expectedText(destinations)
  return [...found.values()].map(({ path, cluster, namespace }) => ({
    message: `The project ${workflow.project} may not run in namespace ${namespace} of cluster ${cluster}`,
    path: pathText(path),
    ...(text.ok ? text.text.positionOf(path) : { line: null, column: null }),
    found: `${cluster}/${namespace}`,
    expected,
  }))
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

function expectedText(destinations: readonly Destination[]): string {
  if (destinations.length === 0) return 'a destination: an administrator gives the project some first'
  const shown = destinations.slice(0, maxShown).map(({ cluster, namespace }) => `${cluster}/${namespace}`)
  return `one of the project's destinations: ${shown.join(', ')}${destinations.length > maxShown ? ' …' : ''}`
}

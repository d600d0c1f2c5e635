import type { WorkflowDocument } from '@fairlead/contracts/workflow-document'
import type { WorkflowDb } from '@fairlead/db/views'
import type { CompiledWorkflow } from '../definition/compiled'
import { compile } from '../definition/compile'
import { parseWorkflow } from '../definition/parse-workflow'

export interface StoredVersion {
  readonly id: string
  readonly number: number
  readonly workflowId: string
  readonly compiled: CompiledWorkflow
}

/** Versions never change, so a compiled one may be kept; the oldest go first. */
export interface Versions {
  compiledOf(versionId: string): Promise<StoredVersion>
}

const kept = 200

export function createVersions(db: Pick<WorkflowDb, 'workflowVersion'>): Versions {
  const cache = new Map<string, Promise<StoredVersion>>()
  return {
    compiledOf: (versionId) => {
      const known = cache.get(versionId)
      if (known !== undefined) {
        cache.delete(versionId)
        cache.set(versionId, known)
        return known
      }
      const loading = load(db, versionId)
      cache.set(versionId, loading)
      loading.catch(() => cache.delete(versionId))
      const [oldest] = cache.keys()
      if (cache.size > kept && oldest !== undefined) cache.delete(oldest)
      return loading
    },
  }
}

async function load(db: Pick<WorkflowDb, 'workflowVersion'>, id: string): Promise<StoredVersion> {
  const row = await db.workflowVersion.findUniqueOrThrow({ where: { id } })
  const { number, workflowId, source, document } = row
  // Written by us from a document that passed every check: reading 10,000 tasks as YAML again would take seconds.
  if (document !== null)
    return { id, number, workflowId, compiled: compile(document as unknown as WorkflowDocument) }
  const parsed = parseWorkflow(source)
  if (!parsed.ok)
    throw new Error(`Version ${number} can't be read any more: ${parsed.problems[0]?.message ?? ''}`)
  return { id, number, workflowId, compiled: parsed.compiled }
}

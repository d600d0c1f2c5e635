import type { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import type { CompiledWorkflow } from '../definition/compiled'
import { parseWorkflow } from '../definition/parse-workflow'
import { createRun } from '../run/create-run'

export interface StoredWorkflow {
  readonly workflow: { readonly id: string; readonly projectId: string; readonly name: string }
  readonly version: { readonly id: string; readonly number: number }
  readonly compiled: CompiledWorkflow
}

let count = 0

/** A workflow with one version, in a project of its own unless one is given. */
export async function storeWorkflow(
  db: WorkflowDb,
  source: string,
  projectId?: string,
): Promise<StoredWorkflow> {
  const parsed = parseWorkflow(source)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2))
  const { compiled } = parsed
  const project = projectId ?? (await db.project.create({ data: { name: `p${process.pid}-${count++}` } })).id
  const { limits } = compiled.document.spec
  const workflow = await db.workflow.create({
    data: {
      projectId: project,
      name: compiled.name,
      versionNumber: 1,
      maxActiveRuns: limits.maxActiveRuns,
      versions: {
        create: {
          number: 1,
          source,
          document: parsed.document as unknown as Prisma.InputJsonObject,
          digest: '',
          authorId: 'ada',
          authorName: 'Ada',
        },
      },
    },
    include: { versions: true },
  })
  const version = workflow.versions[0]
  if (version === undefined) throw new Error('No version was stored.')
  await db.workflow.update({ where: { id: workflow.id }, data: { versionId: version.id } })
  return { workflow, version, compiled }
}

/** A run of it, queued; ring its bell. */
export async function queueRun(
  db: WorkflowDb,
  stored: StoredWorkflow,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = new Date()
  const { id } = await db.$transaction((tx: WorkflowTx) =>
    createRun(tx, {
      ...stored,
      trigger: 'manual',
      requester: { id: 'ada', name: 'Ada' },
      nominalTime: now,
      slot: null,
      key: null,
      parameters,
      priority: 0,
      now,
    }),
  )
  return id
}

interface Task {
  readonly id: string
  readonly [key: string]: unknown
}

/** A document of these tasks; each runs `image` unless it says something else. */
export const documentOf = (tasks: readonly Task[], spec: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    apiVersion: 'fairlead.dev/v1',
    kind: 'Workflow',
    metadata: { name: `w${count++}`, project: 'shop' },
    spec: {
      defaults: { cluster: 'one', namespace: 'batch', image: 'no-op' },
      limits: { maxActiveRuns: 10_000 },
      ...spec,
      tasks: tasks.map((task) =>
        'run' in task || 'wait' in task || 'approval' in task || 'airflow' in task
          ? task
          : { ...task, run: {} },
      ),
    },
  })

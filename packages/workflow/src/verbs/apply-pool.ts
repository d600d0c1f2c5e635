import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import { room } from '@fairlead/kernel/door'
import { parsePool } from '../definition/parse-workflow'
import type { VerbDeps } from '../workflow-deps'
import { documentError } from '@fairlead/documents/document-error'
import { findProject } from './find'

/** Runs that a change of slots wakes at most; others come by themselves as slots are freed. */
const maxWoken = 200

function read(input: { readonly document: string; readonly file?: string | undefined }) {
  const parsed = parsePool(input.document)
  if (!parsed.ok) throw documentError(parsed.problems, input.file ?? 'pool.yaml')
  return parsed.document
}

/** Creates a pool or changes its slots. Fewer than are in use stop nothing: no more start until some are free. */
export const applyPool = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).command('pool.apply', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: (await findProject(context, read(input).metadata.project)).id,
    }),
    prepare: async (context, input) => {
      const { metadata, spec } = read(input)
      return { ...spec, name: metadata.name, projectId: (await findProject(context, metadata.project)).id }
    },
    run: async (context, _input, { projectId, name, slots, description }) => {
      const where = { projectId_name: { projectId, name } }
      const before = await context.tx.workflowPool.findUnique({ where, select: { slots: true } })
      const pool = await context.tx.workflowPool.upsert({
        where,
        create: { projectId, name, slots, description, updatedAt: context.now },
        update: { slots, description, updatedAt: context.now },
        select: { id: true },
      })
      context.subject({ kind: 'pool', id: pool.id, name })
      context.note({ slots, before: before?.slots ?? null })
      context.change({ topic: 'workflow', key: pool.id, projectId })
      for (const key of await waiting(context.tx, projectId, name)) context.ring({ doorbell: 'run', key })
      return { id: pool.id, created: before === null }
    },
  })

async function waiting(tx: WorkflowTx, projectId: string, pool: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT r.id FROM workflow_runs r
    WHERE r."projectId" = ${projectId}::uuid AND r.state = 'running'
      AND EXISTS (SELECT 1 FROM workflow_tasks t WHERE t."runId" = r.id AND t.state = 'ready' AND t.pool = ${pool})
    ORDER BY r.priority DESC, r.number LIMIT ${maxWoken}`)
  return rows.map(({ id }) => id)
}

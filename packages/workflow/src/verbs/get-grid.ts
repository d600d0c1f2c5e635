import type { GridView } from '@fairlead/contracts/workflow'
import type { RunTrigger, TaskState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { runDot, type DotRow } from '../views/run-summary'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'

interface GridRow extends DotRow {
  readonly trigger: RunTrigger
  readonly states: Readonly<Record<string, TaskState>> | null
}

/** The newest runs, newest last, with the state of each task: one statement. */
export const getGrid = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.grid', {
    scope: ofWorkflow,
    run: async (context, input): Promise<GridView> => {
      const workflow = await findWorkflow(context, input)
      const rows = await db.$queryRaw<GridRow[]>(Prisma.sql`
        SELECT r.id, r.number, r.state, r.trigger, r."nominalTime", r."startedAt", r."finishedAt", t.states
        FROM (
          SELECT * FROM workflow_runs WHERE "workflowId" = ${workflow.id}::uuid
          ORDER BY number DESC LIMIT ${input.limit}
        ) r
        LEFT JOIN LATERAL (
          SELECT jsonb_object_agg("taskId", state) AS states FROM workflow_tasks
          WHERE "runId" = r.id AND "index" = -1
        ) t ON true
        ORDER BY r.number`)
      const current = workflow.versionId === null ? null : await versions.compiledOf(workflow.versionId)
      const known = current?.compiled.order ?? []
      const ran = rows.toReversed().flatMap(({ states }) => Object.keys(states ?? {}))
      return {
        // Tasks of today's definition in its order, then those that only older runs had.
        tasks: [...new Set([...known, ...ran])],
        runs: rows.map((row) => ({ ...runDot(row), trigger: row.trigger, states: row.states ?? {} })),
      }
    },
  })

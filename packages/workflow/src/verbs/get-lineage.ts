import type { LineageGraph } from '@fairlead/contracts/workflow'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { lineageGraph, type LineageRow } from '../lineage/lineage-graph'
import { inProjects } from '../views/run-summary'
import type { VerbDeps } from '../workflow-deps'
import { listedProjects } from './find'

const maxEdges = 20_000

/** Which task last said that it reads or writes which dataset. */
export const getLineage = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('lineage.get', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<LineageGraph> => {
      const projects = await listedProjects(context, input.project)
      const rows = await db.$queryRaw<LineageRow[]>(Prisma.sql`
        SELECT p.name AS project, w.name AS workflow, l."taskId" AS task, l.dataset, l.direction, l."runId" AS run, l.at
        FROM workflow_lineage l
        JOIN workflows w ON w.id = l."workflowId"
        JOIN projects p ON p.id = w."projectId"
        WHERE ${inProjects(projects)}
        ORDER BY l.at DESC LIMIT ${maxEdges}`)
      return lineageGraph(rows)
    },
  })

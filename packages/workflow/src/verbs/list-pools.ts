import type { PoolView } from '@fairlead/contracts/workflow'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { inProjects } from '../views/run-summary'
import type { VerbDeps } from '../workflow-deps'
import { listedProjects } from './find'

/** Use is counted from live attempts, as the engine counts it: no counter that could leak. */
export const listPools = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('pool.list', {
    scope: { kind: 'any' },
    run: async (context) =>
      db.$queryRaw<PoolView[]>(Prisma.sql`
        SELECT p.name AS project, w.name, w.slots, w.description, used.n AS used, waiting.n AS waiting
        FROM workflow_pools w
        JOIN projects p ON p.id = w."projectId"
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS n FROM workflow_attempts
          WHERE live AND "projectId" = w."projectId" AND pool = w.name
        ) used
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS n FROM workflow_tasks t JOIN workflow_runs r ON r.id = t."runId"
          WHERE t.state = 'ready' AND t.pool = w.name AND r."projectId" = w."projectId"
        ) waiting
        WHERE ${inProjects(await listedProjects(context, undefined))}
        ORDER BY p.name, w.name`),
  })

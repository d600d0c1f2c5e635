import type { TaskApprovalItem } from '@fairlead/contracts/workflow'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { pendingApproval } from '../views/pending'
import { inProjects, runSummaries } from '../views/run-summary'
import { taskApproval } from '../views/task-approval'
import type { VerbDeps } from '../workflow-deps'
import { approverRoles } from '../run/approver-roles'
import { listedProjects } from './find'

const maxItems = 200

interface AwaitingRow {
  readonly runId: string
  readonly taskId: string
  readonly index: number
  readonly pending: unknown
  readonly requestedAt: Date
  readonly projectId: string
  readonly requesterId: string
}

/** Every task that waits for a decision in a project that the actor sees, oldest request first. */
export const listApprovals = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.approvals', {
    scope: { kind: 'any' },
    run: async (context) => approvalItems(db, context.actor, context.now),
  })

async function approvalItems(db: WorkflowDb, actor: Actor, now: Date): Promise<TaskApprovalItem[]> {
  const projects = await listedProjects({ db, actor }, undefined)
  const rows = await db.$queryRaw<AwaitingRow[]>(Prisma.sql`
    SELECT t."runId", t."taskId", t."index", t.pending, w."projectId", w."requesterId",
      COALESCE(t."startedAt", t."readyAt", w."createdAt") AS "requestedAt"
    FROM workflow_tasks t JOIN workflow_runs w ON w.id = t."runId"
    WHERE t.state = 'awaiting_approval' AND w.state = 'running' AND ${inProjects(projects)}
    ORDER BY "requestedAt", t."runId", t."taskId", t."index" LIMIT ${maxItems}`)
  if (rows.length === 0) return []
  const runIds = [...new Set(rows.map(({ runId }) => runId))]
  const [summaries, given] = await Promise.all([
    runSummaries(db, Prisma.sql`r.id = ANY(${runIds}::uuid[])`, runIds.length),
    db.workflowApproval.findMany({ where: { runId: { in: runIds } }, orderBy: { at: 'asc' } }),
  ])
  const people = await approverRoles(
    db,
    given.map(({ userId }) => userId),
  )
  const runs = new Map(summaries.map((run) => [run.id, run]))
  return rows.flatMap((row) => {
    const run = runs.get(row.runId)
    const approval = pendingApproval(row.pending)
    if (run === undefined || approval === null) return []
    const mine = given.filter(
      (one) => one.runId === row.runId && one.taskId === row.taskId && one.index === row.index,
    )
    const { projectId, requesterId } = row
    return [
      {
        run,
        task: row.taskId,
        index: row.index,
        requestedAt: row.requestedAt.toISOString(),
        approval: taskApproval({ approval, projectId, requesterId, given: mine, people, now }, actor),
      },
    ]
  })
}

import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { runTask, runTaskColumns } from '../views/run-task'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'

export const listIndexes = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.indexes', {
    scope: ofRun,
    run: async (_context, input) => {
      const of = { runId: input.run, taskId: input.task }
      const [rows, total] = await Promise.all([
        db.workflowTask.findMany({
          where: { ...of, index: { gt: input.after, gte: 0 } },
          orderBy: { index: 'asc' },
          take: input.limit,
          select: runTaskColumns,
        }),
        db.workflowTask.count({ where: { ...of, index: { gte: 0 } } }),
      ])
      return { tasks: rows.map(runTask), total }
    },
  })

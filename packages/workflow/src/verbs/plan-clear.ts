import type { ClearPlan } from '@fairlead/contracts/workflow'
import type { RunState } from '@fairlead/contracts/workflow-states'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { previewClear } from '../run/clear'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'
import { targetVersion } from './target-version'

/** Exactly what run.clear would reset now. */
export const planClear = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).query('run.planClear', {
    scope: ofRun,
    run: async (_context, input): Promise<ClearPlan> => {
      const row = await db.workflowRun.findUnique({
        where: { id: input.run },
        select: { id: true, state: true, versionId: true, workflowId: true },
      })
      if (row === null) throw notFound('run')
      const run = { ...row, state: row.state as RunState }
      const version = await targetVersion(db, versions, { ...run, number: input.version })
      const { decision, stops, blocked } = await previewClear(db, run, version, input)
      return {
        version: version.number,
        tasks: decision.reset.map(({ taskId, index, state }) => ({ id: taskId, index, state })),
        stops,
        blocked,
      }
    },
  })

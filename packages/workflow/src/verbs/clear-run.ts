import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { applyClear } from '../run/clear'
import { wakeParent } from '../run/wake-others'
import type { VerbDeps } from '../workflow-deps'
import { ofRun } from './find'
import { lockRun, runName, tellRun } from './lock-run'
import { requireAction } from './run-action'
import { targetVersion } from './target-version'

/** Resets what the preview named and lets the run go on from there; what runs of it is stopped first. */
export const clearRun = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).command('run.clear', {
    scope: ofRun,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const run = await lockRun(tx, input.run)
      const { tasks, downstream, onlyFailed } = input
      context.subject({ kind: 'run', id: run.id, name: runName(run) })
      context.note({ tasks, downstream, onlyFailed, from: run.state })
      requireAction('clear', run, actor)
      const version = await targetVersion(tx, versions, { ...run, number: input.version })
      const cleared = await applyClear(tx, { run, version, by: actor.name }, input, now)
      if (cleared === 0) throw new FairleadError('conflict', 'There is nothing to clear.', { path: 'tasks' })
      context.note({ cleared, version: version.number })
      if (run.parentRunId !== null)
        for (const key of await wakeParent(tx, run.parentRunId)) context.ring({ doorbell: 'run', key })
      context.change({ topic: 'approval', key: run.id, projectId: run.projectId })
      tellRun(context, run)
      return { cleared }
    },
  })

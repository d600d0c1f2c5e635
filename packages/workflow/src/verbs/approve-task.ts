import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { VerbDeps } from '../workflow-deps'
import { decideTask } from './decide-task'
import { ofRun } from './find'

export const approveTask = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).command('run.approve', {
    scope: ofRun,
    run: async (context, input) => {
      await decideTask(context, input, 'approved')
      return { done: true }
    },
  })

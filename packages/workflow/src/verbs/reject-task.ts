import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { VerbDeps } from '../workflow-deps'
import { decideTask } from './decide-task'
import { ofRun } from './find'

export const rejectTask = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).command('run.reject', {
    scope: ofRun,
    run: async (context, input) => {
      await decideTask(context, input, 'rejected')
      return { done: true }
    },
  })

import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { inProjects } from '../views/run-summary'
import { workflowSummaries } from '../views/workflow-summary'
import type { VerbDeps } from '../workflow-deps'
import { listedProjects } from './find'

export const listWorkflows = ({ db, outlines }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.list', {
    scope: { kind: 'any' },
    run: async (context, input) =>
      workflowSummaries(db, outlines, inProjects(await listedProjects(context, input.project))),
  })

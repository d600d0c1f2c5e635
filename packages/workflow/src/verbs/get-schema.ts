import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { workflowJsonSchema } from '../definition/json-schema'
import type { VerbDeps } from '../workflow-deps'

export const getSchema = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.schema', {
    scope: { kind: 'any' },
    run: () => Promise.resolve({ schema: workflowJsonSchema() }),
  })

import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'

export const getSource = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.source', {
    scope: ofWorkflow,
    run: async (context, input) => {
      const workflow = await findWorkflow(context, input)
      const version = await db.workflowVersion.findUnique({
        where: { workflowId_number: { workflowId: workflow.id, number: input.version } },
        select: { source: true, number: true },
      })
      if (version === null) throw notFound('version of this workflow')
      return { source: version.source, version: version.number }
    },
  })

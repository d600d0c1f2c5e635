import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { scheduleAfterPause } from '../calendar/schedule-state'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'
import { lockWorkflow } from './lock-workflow'

/** The calendar starts nothing until it is resumed; runs that are there go on, and people may start more. */
export const pauseWorkflow = ({ db }: VerbDeps) =>
  room<WorkflowDb>(db).command('workflow.pause', {
    scope: ofWorkflow,
    prepare: findWorkflow,
    run: async (context, input, { id }) => {
      const workflow = await lockWorkflow(context.tx, id)
      context.subject({ kind: 'workflow', id, name: workflow.name })
      context.note({ reason: input.reason })
      if (workflow.paused) throw new FairleadError('conflict', 'It is paused already.')
      await context.tx.workflow.update({
        where: { id },
        data: { paused: true, pausedReason: input.reason, ...scheduleAfterPause(workflow.scheduledTo) },
      })
      context.change({ topic: 'workflow', key: id, projectId: workflow.projectId })
      return { done: true }
    },
  })

import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { scheduleAfterResume } from '../calendar/schedule-state'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'
import { lockWorkflow } from './lock-workflow'

/** Times that went by while it was paused count as handled: nothing extra is started. */
export const resumeWorkflow = ({ db, outlines }: VerbDeps) =>
  room<WorkflowDb>(db).command('workflow.resume', {
    scope: ofWorkflow,
    prepare: findWorkflow,
    run: async (context, _input, { id }) => {
      const workflow = await lockWorkflow(context.tx, id)
      context.subject({ kind: 'workflow', id, name: workflow.name })
      if (!workflow.paused) throw new FairleadError('conflict', 'It is not paused.')
      const known = await outlines.of(workflow.versionId === null ? [] : [workflow.versionId])
      const schedule = known.get(workflow.versionId ?? '')?.schedule ?? null
      const calendar = scheduleAfterResume(schedule, workflow.scheduledTo, context.now)
      await context.tx.workflow.update({
        where: { id },
        data: { paused: false, pausedReason: '', ...calendar },
      })
      context.change({ topic: 'workflow', key: id, projectId: workflow.projectId })
      return { done: true }
    },
  })

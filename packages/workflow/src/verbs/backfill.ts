import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { nominalText } from '@fairlead/timetable/local-text'
import { backfillPriority, slotOf } from '../calendar/plan-backfill'
import { createRun } from '../run/create-run'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'
import { lockWorkflow } from './lock-workflow'
import { backfillPlan, rangeOf } from './plan-backfill'
import { settledParameters } from './settled-parameters'
import { tellRun } from './lock-run'

/** Queues a run for each nominal time of the range that has none, below everything else; what the preview said. */
export const backfill = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).command('workflow.backfill', {
    scope: ofWorkflow,
    prepare: findWorkflow,
    run: async (context, input, { id }) => {
      const { tx, now, actor } = context
      const workflow = await lockWorkflow(tx, id)
      if (workflow.versionId === null) throw notFound('workflow')
      context.subject({ kind: 'workflow', id, name: workflow.name })
      const version = await versions.compiledOf(workflow.versionId)
      const range = rangeOf(input)
      const plan = await backfillPlan(tx, { workflowId: id, compiled: version.compiled }, range)
      if (plan.blocked !== null) throw new FairleadError('conflict', plan.blocked, { path: 'from' })
      const missing = plan.times.filter(({ exists }) => !exists).map(({ at }) => new Date(at))
      const requester = { id: actor.id, name: actor.name }
      const { id: backfillId } = await tx.workflowBackfill.create({
        data: {
          workflowId: id,
          ...range,
          runs: missing.length,
          requesterId: actor.id,
          requesterName: actor.name,
          createdAt: now,
        },
        select: { id: true },
      })
      for (const [offset, nominalTime] of missing.entries()) {
        const parameters = settledParameters(
          version.compiled,
          {},
          {
            id: '',
            number: workflow.lastRunNumber + 1 + offset,
            nominalTime: nominalText(version.compiled.schedule, nominalTime),
            trigger: 'backfill',
          },
        )
        const run = await createRun(tx, {
          workflow,
          version,
          compiled: version.compiled,
          trigger: 'backfill',
          requester,
          nominalTime,
          slot: slotOf(nominalTime),
          key: null,
          backfillId,
          parameters,
          priority: backfillPriority,
          now,
        })
        tellRun(context, { id: run.id, workflowId: id, projectId: workflow.projectId })
      }
      context.note({ from: input.from, to: input.to, runs: missing.length, version: version.number })
      return { id: backfillId, runs: missing.length }
    },
  })

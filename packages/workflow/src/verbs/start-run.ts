import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { nominalText } from '@fairlead/timetable/local-text'
import { createRun } from '../run/create-run'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'
import { lockWorkflow } from './lock-workflow'
import { runName, tellRun } from './lock-run'
import { settledParameters } from './settled-parameters'

/** Queues a run; with a key that was sent before, the run of then. Its parameters are settled here, for good. */
export const startRun = ({ db, versions }: VerbDeps) =>
  room<WorkflowDb>(db).command('workflow.start', {
    scope: ofWorkflow,
    prepare: findWorkflow,
    run: async (context, input, { id }) => {
      const { tx, now, actor } = context
      const workflow = await lockWorkflow(tx, id)
      if (workflow.versionId === null) throw notFound('workflow')
      const version = await versions.compiledOf(workflow.versionId)
      const nominalTime = input.at === undefined ? now : new Date(input.at)
      const parameters = settledParameters(version.compiled, input.parameters, {
        id: '',
        number: workflow.lastRunNumber + 1,
        nominalTime: nominalText(version.compiled.schedule, nominalTime),
        trigger: 'manual',
      })
      const run = await createRun(tx, {
        workflow,
        version,
        compiled: version.compiled,
        trigger: 'manual',
        requester: { id: actor.id, name: actor.name },
        nominalTime,
        slot: null,
        key: input.key ?? null,
        parameters,
        priority: 0,
        now,
      })
      context.subject({ kind: 'run', id: run.id, name: runName({ workflow: workflow.name, ...run }) })
      context.note({ workflow: workflow.name, version: version.number, parameters, created: run.created })
      if (run.created) tellRun(context, { id: run.id, workflowId: id, projectId: workflow.projectId })
      return { run: run.id, number: run.number, created: run.created }
    },
  })

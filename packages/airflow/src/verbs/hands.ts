import { FairleadError } from '@fairlead/contracts/errors'
import type { AirflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { acting, nameDag } from '../acting'
import type { AirflowDeps } from '../airflow-deps'
import { connectionScope, findConnection } from '../find-connection'

const done = { done: true } as const

/** Runs of Fairlead are told from others by their name, and the same wish has the same name. */
const runIdOf = (key: string): string => `fairlead__${key}`

export const airflowTrigger = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).command('airflow.trigger', {
    scope: connectionScope('workflow.run'),
    prepare: (context, { connection, dag, key, conf }) => {
      nameDag(context, { connection, dag })
      const run = runIdOf(key)
      // Names alone: values may be secret, and Airflow keeps them.
      context.note({ run, parameters: Object.keys(conf) })
      const note = `Started by ${context.actor.name} through Fairlead`
      return acting(deps, context, { connection, run: (client) => client.trigger({ dag, run, conf, note }) })
    },
    run: (context, _input, { run, created }) => {
      context.note({ created })
      return Promise.resolve({ run: run.run, created })
    },
  })

export const airflowSetPaused = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).command('airflow.setPaused', {
    scope: connectionScope('run.operate'),
    prepare: (context, { connection, dag, paused }) => {
      nameDag(context, { connection, dag })
      context.note({ paused })
      return acting(deps, context, { connection, run: (client) => client.setPaused(dag, paused) })
    },
    run: () => Promise.resolve(done),
  })

export const airflowPlanClear = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.planClear', {
    scope: connectionScope('run.operate'),
    run: async (context, { connection, ...wish }) => {
      const { id } = await findConnection(context.db, context.actor, connection)
      const { client } = await deps.connections.clientOf(id)
      return { tasks: await client.clear(wish, { dryRun: true }) }
    },
  })

export const airflowClear = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).command('airflow.clear', {
    scope: connectionScope('run.operate'),
    prepare: (context, { connection, expected, ...wish }) => {
      nameDag(context, { connection, dag: wish.dag })
      context.note({ ...wish, expected })
      return acting(deps, context, {
        connection,
        run: async (client) => {
          const planned = await client.clear(wish, { dryRun: true })
          if (planned.length !== expected)
            throw new FairleadError(
              'stale',
              `${planned.length} tasks would be cleared by now, not ${expected}.`,
              {
                remedy: 'Look at the preview again, and decide with what it shows now.',
              },
            )
          return client.clear(wish, { dryRun: false })
        },
      })
    },
    run: (context, _input, cleared) => {
      context.note({ cleared: cleared.length })
      return Promise.resolve({ cleared: cleared.length })
    },
  })

/** Airflow knows no cancelling: a run that is marked failed has its running tasks ended. */
export const airflowMarkFailed = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).command('airflow.markFailed', {
    scope: connectionScope('run.operate'),
    prepare: (context, { connection, ...ref }) => {
      nameDag(context, { connection, dag: ref.dag })
      context.note({ run: ref.run })
      return acting(deps, context, { connection, run: (client) => client.markFailed(ref) })
    },
    run: () => Promise.resolve(done),
  })

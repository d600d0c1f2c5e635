import type { AirflowHealth } from '@fairlead/contracts/airflow'
import { isFairleadError, messageOf, type FairleadError } from '@fairlead/contracts/errors'
import type { AirflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { AirflowDeps } from '../airflow-deps'
import { ask } from '../ask'
import { connectionScope, findConnection } from '../find-connection'
import { dagLink, runLink, taskLink } from '../links'

export const airflowDags = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.dags', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, ...wish }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['dags', wish.offset, wish.text, wish.paused, wish.tag],
        load: (client) => client.dags(wish),
      })
      return { at, dags: value.items, total: value.total, offset: wish.offset }
    },
  })

export const airflowDag = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.dag', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, dag }) => {
      const { value, at, found } = await ask(deps, context, {
        connection,
        name: ['dag', dag],
        load: (client) => client.dag(dag),
      })
      return { at, ...value, link: dagLink(found, dag) }
    },
  })

export const airflowRuns = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.runs', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, dag, offset }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['runs', dag, offset],
        load: (client) => client.runs(dag, offset),
      })
      return { at, runs: value.items, total: value.total, offset }
    },
  })

export const airflowRun = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.run', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, ...ref }) => {
      const { value, at, found } = await ask(deps, context, {
        connection,
        name: ['run', ref.dag, ref.run],
        load: async (client) => {
          const [run, instances] = await Promise.all([client.run(ref), client.instances(ref)])
          return { run, instances }
        },
      })
      const { run, instances } = value
      const cut = Math.max(0, instances.total - instances.items.length)
      return { at, run, tasks: instances.items, cut, link: runLink(found, ref) }
    },
  })

export const airflowTask = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.task', {
    scope: connectionScope('logs.view'),
    run: async (context, { connection, ...ref }) => {
      const { value, at, found } = await ask(deps, context, {
        connection,
        name: ['task', ref.dag, ref.run, ref.task, ref.mapIndex],
        load: (client) => client.instance(ref),
      })
      return { at, ...value, link: taskLink(found, ref) }
    },
  })

export const airflowLogs = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.logs', {
    scope: connectionScope('logs.view'),
    run: async (context, { connection, ...ref }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['logs', ref.dag, ref.run, ref.task, ref.mapIndex, ref.try],
        load: (client) => client.logs(ref),
      })
      return { at, ...value }
    },
  })

export const airflowImportErrors = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.importErrors', {
    scope: connectionScope('project.view'),
    run: async (context, { connection }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['importErrors'],
        load: (client) => client.importErrors(),
      })
      return { at, errors: value.items, total: value.total }
    },
  })

/** Silence is an answer here: a page that shows several connections shows which of them says nothing. */
export const airflowHealth = (deps: AirflowDeps) => {
  const answered = new Map<string, string>()
  return room<AirflowDb>(deps.db).query('airflow.health', {
    scope: connectionScope('project.view'),
    run: async (context, { connection }): Promise<AirflowHealth> => {
      const { id } = await findConnection(context.db, context.actor, connection)
      try {
        const { value: components, at } = await ask(deps, context, {
          connection,
          name: ['health'],
          load: (client) => client.health(),
        })
        answered.set(id, at)
        const sick = components.filter(({ status }) => status !== 'healthy')
        return {
          state: sick.length === 0 ? 'healthy' : 'unhealthy',
          components,
          message: sick.map(({ name, status }) => `${name} is ${status}`).join(', '),
          answeredAt: at,
        }
      } catch (error) {
        if (!isFairleadError(error) || !isAboutAirflow(error)) throw error
        return {
          state: 'silent',
          components: [],
          message: messageOf(error),
          answeredAt: answered.get(id) ?? null,
        }
      }
    },
  })
}

const isAboutAirflow = ({ code }: FairleadError): boolean =>
  code.startsWith('airflow_') || code === 'forbidden'

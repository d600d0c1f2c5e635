import type { AirflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { AirflowDeps } from '../airflow-deps'
import { ask } from '../ask'
import { connectionScope } from '../find-connection'
import { gridColumns, taskOrder } from '../grid'

export const airflowLastRuns = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.lastRuns', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, dags }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['lastRuns', dags],
        load: (client) => client.lastRuns(dags),
      })
      return { at, dags: dags.map((dag) => ({ dag, runs: value.get(dag) ?? null })) }
    },
  })

export const airflowGrid = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.grid', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, dag, runs: count }) => {
      const { value, at } = await ask(deps, context, {
        connection,
        name: ['grid', dag, count],
        load: async (client) => {
          const [nodes, runs] = await Promise.all([client.tasks(dag), client.newestRuns(dag, count)])
          const none = { items: [], cut: false }
          const ids = runs.map(({ run }) => run)
          return { nodes, runs, instances: ids.length === 0 ? none : await client.instancesOf(dag, ids) }
        },
      })
      const { nodes, runs, instances } = value
      const tasks = taskOrder(nodes, instances.items)
      return { at, tasks, runs: gridColumns(runs, instances.items), cut: instances.cut }
    },
  })

export const airflowTries = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.tries', {
    scope: connectionScope('project.view'),
    run: async (context, { connection, ...ref }) => {
      const { value: tries, at } = await ask(deps, context, {
        connection,
        name: ['tries', ref.dag, ref.run, ref.task, ref.mapIndex],
        load: (client) => client.tries(ref),
      })
      return { at, tries }
    },
  })

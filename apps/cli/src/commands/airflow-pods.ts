import type { AirflowPodRow, AirflowPods } from '@fairlead/contracts/airflow-pods'
import type { Command } from 'commander'
import { age, table } from '../output'
import { ofTask, type TaskArguments } from './airflow-task'
import { contextOf } from './command-context'

interface PodsOptions {
  readonly index?: string
}

/** What clusters know of Airflow's tasks: where their pods run, and how they stand. */
export function addAirflowPods(airflow: Command): void {
  airflow
    .command('places')
    .description('say where its pods run, which narrows where they are looked for; none: anywhere')
    .argument('<name>')
    .argument('[place...]', 'cluster/namespace, or cluster/*')
    .action(async (connection: string, places: string[], _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const set = await api.airflow.setPodPlaces.mutate({ connection, places })
      const words = places.length === 0 ? 'anywhere' : places.join(', ')
      out.result(set, () => `Pods of ${connection} are looked for ${words}.`)
    })
  ofTask(airflow.command('pods'))
    .description('the pods of a task, and why they do not run')
    .option('--index <number>', 'of a mapped task')
    .action(async (...[connection, dag, run, task, options, command]: TaskArguments<PodsOptions>) => {
      const { api, out } = contextOf(command)
      const mapIndex = Number(options.index ?? -1)
      const found = await api.airflow.pods.query({ connection, dag, run, task, mapIndex })
      const reasons = await Promise.all(
        found.pods.filter(isTroubled).map(async ({ cluster, namespace, name }) => {
          const { words } = await api.pod.why.query({ cluster: cluster.name, namespace, pod: name })
          return `${name}: ${words}`
        }),
      )
      out.result({ ...found, reasons }, () => podsText(found, reasons))
    })
}

const isTroubled = ({ state }: AirflowPodRow): boolean => state === 'pending' || state === 'failing'

export function podsText(found: AirflowPods, reasons: readonly string[]): string {
  const rows = found.pods.map(({ cluster, namespace, name, status, tryNumber, createdAt }) => [
    cluster.name,
    namespace,
    name,
    status,
    tryNumber === null ? '-' : String(tryNumber),
    age(createdAt),
  ])
  const where = found.narrowed ? 'where the connection says that its pods run' : 'in clusters that you see'
  const quotas = found.fullQuotas.map(
    ({ cluster, namespace, name, resources }) =>
      `The quota ${name} of ${cluster.name}/${namespace} is used up: ${resources
        .map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`)
        .join(', ')}.`,
  )
  const notLive = found.notLive.map(
    ({ name, freshness }) =>
      `${name} is not known as it is now: ${freshness.message ?? freshness.state.replaceAll('_', ' ')}.`,
  )
  return [
    rows.length === 0
      ? `No pod of it is seen ${where}.`
      : table(['cluster', 'namespace', 'pod', 'status', 'try', 'age'], rows),
    ...(found.cut ? ['There are more; the newest are shown.'] : []),
    ...reasons,
    ...quotas,
    ...notLive,
  ].join('\n')
}

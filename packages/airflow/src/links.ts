import type { FoundConnection } from './find-connection'

type Place = Pick<FoundConnection, 'address' | 'version'>
interface RunRef {
  readonly dag: string
  readonly run: string
}
const part = encodeURIComponent

/** Airflow's own pages. Addresses are http or https alone: they were parsed before they were stored. */
const linkTo = ({ address }: Place, path: string): string | null =>
  /^https?:\/\//.test(address) ? `${address}${path}` : null

const isTwo = ({ version }: Place): boolean => version.startsWith('2.')

export const dagLink = (place: Place, dag: string): string | null =>
  linkTo(place, isTwo(place) ? `/dags/${part(dag)}/grid` : `/dags/${part(dag)}`)

export const runLink = (place: Place, { dag, run }: RunRef): string | null =>
  linkTo(
    place,
    isTwo(place) ? `/dags/${part(dag)}/grid?dag_run_id=${part(run)}` : `/dags/${part(dag)}/runs/${part(run)}`,
  )

type TaskRef = RunRef & { readonly task: string; readonly mapIndex: number }

export const taskLink = (place: Place, { dag, run, task, mapIndex }: TaskRef): string | null => {
  if (isTwo(place))
    return linkTo(place, `/dags/${part(dag)}/grid?dag_run_id=${part(run)}&task_id=${part(task)}`)
  const mapped = mapIndex < 0 ? '' : `/mapped/${mapIndex}`
  return linkTo(place, `/dags/${part(dag)}/runs/${part(run)}/tasks/${part(task)}${mapped}`)
}

/** Where Airflow itself asks people. */
export const questionLink = (place: Place, ref: TaskRef): string | null => {
  const link = taskLink(place, ref)
  return link === null ? null : `${link}/required_actions`
}

import { FairleadError } from '@fairlead/contracts/errors'

export interface RunRef {
  readonly dag: string
  readonly run: string
}
export interface InstanceRef extends RunRef {
  readonly task: string
  readonly mapIndex: number
}

/** `.` and `..` mean folders to every proxy on the way, however they are written. */
export function segment(id: string): string {
  if (id === '.' || id === '..')
    throw new FairleadError('invalid', `"${id}" can't be asked for over HTTP.`, { found: id })
  return encodeURIComponent(id)
}
export const dagPath = (dag: string): string => `/dags/${segment(dag)}`
export const runPath = ({ dag, run }: RunRef): string => `${dagPath(dag)}/dagRuns/${segment(run)}`
export const instancePath = (ref: InstanceRef): string =>
  `${runPath(ref)}/taskInstances/${segment(ref.task)}${ref.mapIndex < 0 ? '' : `/${ref.mapIndex}`}`

type QueryValue = string | number | boolean
/** A list gives its name once for each of its values. */
export const query = (values: Readonly<Record<string, QueryValue | readonly QueryValue[]>>): string => {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return `?${new URLSearchParams(pairs).toString()}`
}

export type DagPlace = { readonly connection: string; readonly dag: string }
export type DagRunPlace = DagPlace & { readonly run: string }
type TaskPanel = { readonly task: string; readonly mapIndex?: number; readonly tab?: string }

const pathOf = (...parts: readonly string[]): string => `/airflow/${parts.map(encodeURIComponent).join('/')}`

/** Not below /workflows: a project there may be called "airflow". */
export const airflowHome = '/airflow'
export const airflowSettings = '/settings/airflow'

export const connectionHref = (connection: string): string => pathOf(connection)

export const dagHref = ({ connection, dag }: DagPlace, tab?: string): string =>
  `${pathOf(connection, dag)}${tab === undefined ? '' : `?tab=${tab}`}`

/** A run, and where the panel of one of its tasks stands open, which. */
export function dagRunHref({ connection, dag, run }: DagRunPlace, panel?: TaskPanel): string {
  const path = pathOf(connection, dag, run)
  if (panel === undefined) return path
  const query = new URLSearchParams({ task: panel.task })
  if (panel.mapIndex !== undefined && panel.mapIndex >= 0) query.set('index', String(panel.mapIndex))
  if (panel.tab !== undefined) query.set('tab', panel.tab)
  return `${path}?${query.toString()}`
}

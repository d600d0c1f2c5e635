/**
 * To the engine a connected Airflow is one more place where attempts run, named beside clusters: no cluster's name has a
 * slash in it.
 */
const prefix = 'airflow/'

export const airflowPlace = (connection: string): string => `${prefix}${connection}`

/** The connection that a place means; null: it is a cluster. */
export const connectionOf = (place: string): string | null =>
  place.startsWith(prefix) ? place.slice(prefix.length) : null

/** For people, within a sentence or at its beginning. */
export function placeName(place: string, where: 'within' | 'start' = 'within'): string {
  const connection = connectionOf(place)
  if (connection !== null) return `Airflow ${connection}`
  return `${where === 'start' ? 'Cluster' : 'cluster'} ${place}`
}

/** The DAG run of an attempt: one per attempt, told from those that people trigger through Fairlead. */
export const dagRunId = (attemptKey: string): string => `fairlead-task__${attemptKey}`

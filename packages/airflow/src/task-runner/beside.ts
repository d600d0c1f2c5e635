import { connectionOf } from '@fairlead/contracts/airflow-place'
import type { TaskRunner } from '@fairlead/contracts/task-runner'

/** Two runners as one: places that are connected Airflows go to the one, clusters to the other. */
export function besideAirflow(clusters: TaskRunner, airflow: TaskRunner): TaskRunner {
  const of = (place: string): TaskRunner => (connectionOf(place) === null ? clusters : airflow)
  return {
    start: (attempt, place) => of(place).start(attempt, place),
    observe: (place, signal) => of(place).observe(place, signal),
    cancel: (key, place) => of(place).cancel(key, place),
    cleanup: (key, place) => of(place).cleanup(key, place),
    logs: (key, place, cursor) => of(place).logs(key, place, cursor),
    capacity: (place) => of(place).capacity(place),
  }
}

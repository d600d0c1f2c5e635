import { placeName } from '@fairlead/contracts/airflow-place'
import { isDagRun } from '@fairlead/contracts/task-runner'
import type { AttemptRow } from './rows'

type Attempt = Pick<AttemptRow, 'spec' | 'cluster'>

export const vanishedWords = ({ spec, cluster }: Attempt): string =>
  isDagRun(spec)
    ? `Its DAG run is not in ${placeName(cluster)} any more: it, or its DAG, was deleted there. What it did is not known.`
    : 'It vanished from the cluster; what it did is not known.'

/** Where nothing was heard that says more. */
export function liveWords({ spec }: Attempt, running: boolean): string {
  if (isDagRun(spec)) return running ? 'Its DAG run runs.' : 'Waits for its DAG run to start.'
  return running ? 'Its container runs.' : 'Waits for its container to start.'
}

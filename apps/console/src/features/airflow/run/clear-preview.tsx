import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { ClearShown } from '@/features/clearing/clear-shown'
import { AirflowStateMark } from '../states'
import { instanceName } from './instance-name'

type ClearPreviewProps = { tasks: readonly TaskInstanceRow[] | undefined; error: unknown; stale: boolean }

/** Airflow's dry run. */
export const ClearPreview = ({ tasks, error, stale }: ClearPreviewProps) => (
  <ClearShown
    words={{ loading: 'Asking Airflow what would be cleared', label: 'What would be cleared' }}
    error={error}
    stale={stale}
    shown={
      tasks === undefined
        ? null
        : {
            headline: headline(tasks.length),
            rows: tasks.map((each) => ({
              key: instanceName(each),
              name: instanceName(each),
              standing: <AirflowStateMark state={each.state} className="text-xs" />,
            })),
          }
    }
  />
)

const headline = (count: number): string =>
  count === 0
    ? 'Nothing would be cleared'
    : `${count.toLocaleString('en')} ${count === 1 ? 'is' : 'are'} cleared, by Airflow’s dry run`

'use client'

import { airflowState, type DagRunDetail } from '@fairlead/contracts/airflow'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { KeyValue } from '@fairlead/ui/key-value'
import { PageHeader } from '@fairlead/ui/page-header'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { JsonBlock } from '@/features/runs/json-block'
import { useTRPC } from '@/live/trpc'
import { dagHref, type DagRunPlace } from '../addresses'
import { AirflowFrame } from '../airflow-frame'
import { AirflowMark } from '../airflow-mark'
import { asked, listEveryMs, liveEveryMs } from '../asked'
import { AskedAgo } from '../asked-ago'
import { AirflowStateMark } from '../states'
import { DagRunActions } from './dag-run-actions'
import { InstancesTable } from './instances-table'
import { useTaskPanel } from './use-task-panel'

const TaskSheet = dynamic(() => import('./task-sheet').then((module) => module.TaskSheet))

export function DagRunPage({ place }: { place: DagRunPlace }) {
  const { connection, dag, run } = place
  const detail = useQuery(
    useTRPC().airflow.run.queryOptions(place, {
      ...asked(liveEveryMs),
      // Somebody may clear it in Airflow, so a run that has ended is asked again, too.
      refetchInterval: ({ state }) =>
        state.data && airflowState(state.data.run.state).terminal ? listEveryMs : liveEveryMs,
    }),
  )
  return (
    <AirflowFrame
      connection={connection}
      crumbs={[{ label: dag, href: dagHref(place) }, { label: run }]}
      query={detail}
      what={`The run ${run} is not shown.`}
      loading="Asking Airflow for the run"
      cards={[3, 10]}
    >
      {(found) => <Run place={place} detail={found} />}
    </AirflowFrame>
  )
}

function Run({ place, detail }: { place: DagRunPlace; detail: DagRunDetail }) {
  const { run, tasks, cut, at } = detail
  const { task } = useTaskPanel()
  return (
    <>
      <PageHeader
        title={run.run}
        marks={
          <>
            <AirflowStateMark state={run.state} variant="pill" />
            <AirflowMark connection={place.connection} />
          </>
        }
        freshness={<AskedAgo at={at} />}
        actions={<DagRunActions place={place} detail={detail} />}
      />
      <Facts detail={detail} />
      <InstancesTable place={place} instances={tasks} />
      {cut > 0 ? (
        <p className="pt-2 text-xs text-muted">
          {cut.toLocaleString('en')} more task instances are on Airflow’s own page.
        </p>
      ) : null}
      {task === null ? null : <TaskSheet place={place} detail={detail} task={task} />}
    </>
  )
}

function Facts({ detail: { run } }: { detail: DagRunDetail }) {
  const { startedAt, endedAt, queuedAt } = run
  const ago = (at: string | null) => (at === null ? '–' : <RelativeTime at={at} />)
  return (
    <Card className="mb-4">
      <KeyValue
        layout="strip"
        entries={[
          { key: 'Type', value: run.type.replaceAll('_', ' ') },
          { key: 'Queued', value: ago(queuedAt) },
          { key: 'Started', value: ago(startedAt) },
          { key: 'Ended', value: ago(endedAt) },
          {
            key: endedAt === null ? 'Running for' : 'Took',
            value: startedAt === null ? '–' : <Duration from={startedAt} to={endedAt} />,
          },
          { key: 'By', value: run.by ?? '–' },
          { key: 'Note', value: run.note ?? '–' },
        ]}
      />
      {Object.keys(run.conf).length === 0 ? null : (
        <div className="mt-3 border-t border-line pt-3">
          <p className="pb-1.5 text-xs text-muted">Parameters</p>
          <JsonBlock value={run.conf} label="Parameters of the run" className="max-h-48" />
        </div>
      )}
    </Card>
  )
}

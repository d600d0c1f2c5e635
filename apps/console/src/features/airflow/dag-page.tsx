'use client'

import type { DagDetail } from '@fairlead/contracts/airflow'
import { Badge } from '@fairlead/ui/badge'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { FileX2, Pause } from 'lucide-react'
import dynamic from 'next/dynamic'
import { ParamTabs } from '@/features/clusters/param-tabs'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'
import type { DagPlace } from './addresses'
import { AirflowFrame } from './airflow-frame'
import { AirflowMark } from './airflow-mark'
import { asked, listEveryMs } from './asked'
import { AskedAgo } from './asked-ago'
import { DagActions } from './dag-actions'

const loading = () => <CardSkeleton lines={8} />
const GridTab = dynamic(() => import('./grid-tab').then((module) => module.GridTab), { loading })
const RunsTab = dynamic(() => import('./runs-tab').then((module) => module.RunsTab), { loading })
const DetailsTab = dynamic(() => import('./details-tab').then((module) => module.DetailsTab), { loading })

const tabs = [
  { value: 'grid', label: 'Grid' },
  { value: 'runs', label: 'Runs' },
  { value: 'details', label: 'Details' },
] as const

export function DagPage({ place }: { place: DagPlace }) {
  const { connection, dag } = place
  const detail = useQuery(useTRPC().airflow.dag.queryOptions(place, asked(listEveryMs)))
  return (
    <AirflowFrame
      connection={connection}
      crumbs={[{ label: dag }]}
      query={detail}
      what={`The DAG ${dag} is not shown.`}
      loading="Asking Airflow for the DAG"
      cards={[12]}
    >
      {(found) => <Dag place={place} detail={found} />}
    </AirflowFrame>
  )
}

function Dag({ place, detail }: { place: DagPlace; detail: DagDetail }) {
  const { title, description, paused, importErrors, schedule } = detail.dag
  const [params] = useUrlParams()
  const tab = tabs.find(({ value }) => value === params.get('tab'))?.value ?? 'grid'
  return (
    <>
      <PageHeader
        title={title}
        marks={
          <>
            <AirflowMark connection={place.connection} />
            {paused ? (
              <Badge tone="paused" icon={<Pause aria-hidden />}>
                Paused
              </Badge>
            ) : null}
            {importErrors ? (
              <Badge
                tone="failing"
                icon={<FileX2 aria-hidden />}
                title="Its file can’t be imported now: what stands here is of the last time it could."
              >
                Import error
              </Badge>
            ) : null}
          </>
        }
        description={[description, schedule ?? 'Started by hand'].filter(Boolean).join(' · ')}
        freshness={<AskedAgo at={detail.at} />}
        actions={<DagActions place={place} detail={detail} />}
      />
      <ParamTabs
        label="DAG"
        param="tab"
        current={tab}
        clears={['q', 'failing', 'from']}
        className="mb-4"
        tabs={tabs}
      />
      {tab === 'runs' ? (
        <RunsTab place={place} />
      ) : tab === 'details' ? (
        <DetailsTab detail={detail} />
      ) : (
        <GridTab place={place} />
      )}
    </>
  )
}

'use client'

import type { AirflowConnectionView, DagList } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { Select } from '@fairlead/ui/select'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Wind } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useSettled } from '@/features/palette/use-settled'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { AreaTabs } from '@/features/workflows/area-tabs'
import { useTRPC } from '@/live/trpc'
import { airflowHome, connectionHref } from './addresses'
import { AirflowAnswer } from './airflow-answer'
import { AirflowMark, OwnPage } from './airflow-mark'
import { asked, listEveryMs } from './asked'
import { AskedAgo } from './asked-ago'
import { ConnectionHealth } from './connection-health'
import { DagsTable } from './dags-table'
import { DagsToolbar } from './dags-toolbar'
import { ImportErrors } from './import-errors'
import { Pages } from './pages'

type DagsPageProps = { connection: AirflowConnectionView; all: readonly AirflowConnectionView[] }

export function DagsPage({ connection: { name, address, version }, all }: DagsPageProps) {
  const [params, setParams] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const standing = params.get('standing')
  const tag = params.get('tag')
  const offset = numberOf(params.get('from'))
  const wanted = useSettled(useDeferredValue(text)).trim()
  const dags = useQuery(
    useTRPC().airflow.dags.queryOptions(
      {
        connection: name,
        text: wanted,
        offset: wanted === '' ? offset : 0,
        ...(standing === 'paused' || standing === 'active' ? { paused: standing === 'paused' } : {}),
        ...(tag === null ? {} : { tag }),
      },
      { ...asked(listEveryMs), placeholderData: keepPreviousData },
    ),
  )
  const filtered = text !== '' || standing !== null || tag !== null
  const clear = () => {
    setText('')
    setParams({ q: null, standing: null, tag: null, from: null })
  }
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Workflows', href: '/workflows' },
          { label: 'Airflow', href: airflowHome },
          { label: name },
        ]}
      />
      <PageHeader
        title="Airflow"
        marks={
          <>
            <AirflowMark connection={name} />
            <ConnectionHealth connection={name} />
          </>
        }
        description={`Apache Airflow ${version}, read as it is asked: nothing of its state is kept here.`}
        freshness={dags.data && !dags.error ? <AskedAgo at={dags.data.at} /> : undefined}
        actions={
          <>
            <ConnectionPicker current={name} all={all} />
            <OwnPage link={address} />
          </>
        }
      />
      <AreaTabs />
      <ImportErrors connection={name} />
      <DagsToolbar
        text={text}
        onText={setText}
        tags={tagsOf(dags.data)}
        onClear={filtered ? clear : null}
        count={dags.data && !dags.error ? countText(dags.data) : ''}
      />
      <AirflowAnswer
        query={dags}
        what="The DAGs are not shown."
        loading={
          <SkeletonRows
            className="rounded-lg border border-line bg-surface"
            label="Asking Airflow for its DAGs"
          />
        }
      >
        {(list) => (
          <>
            <DagsTable
              connection={name}
              dags={list.dags}
              empty={filtered ? <NothingFits onClear={clear} /> : <NoDag />}
            />
            <Pages offset={list.offset} count={list.dags.length} total={list.total} word="DAGs" />
          </>
        )}
      </AirflowAnswer>
    </>
  )
}

function ConnectionPicker({ current, all }: { current: string; all: readonly AirflowConnectionView[] }) {
  const router = useRouter()
  if (all.length < 2) return null
  return (
    <Select
      label="Connection"
      className="w-44"
      options={all.map(({ name }) => ({ value: name, label: name, icon: <Wind aria-hidden /> }))}
      value={current}
      onValueChange={(next) => router.push(connectionHref(next))}
    />
  )
}

const numberOf = (text: string | null): number => (text !== null && /^\d{1,6}$/.test(text) ? Number(text) : 0)

const tagsOf = (list: DagList | undefined): readonly string[] =>
  [...new Set(list?.dags.flatMap(({ tags }) => tags))].sort()

const countText = ({ dags, total }: DagList): string =>
  dags.length === total
    ? `${total.toLocaleString('en')} DAGs`
    : `${dags.length} of ${total.toLocaleString('en')}`

const NothingFits = ({ onClear }: { onClear: () => void }) => (
  <EmptyState
    title="No DAG fits these filters"
    icon={<Wind aria-hidden />}
    action={<Button onClick={onClear}>Clear filters</Button>}
  />
)

const NoDag = () => (
  <EmptyState title="This Airflow has no DAG" icon={<Wind aria-hidden />}>
    Its DAG processor has read none yet, or its user may see none: Fairlead sees what the user of its
    connection sees.
  </EmptyState>
)

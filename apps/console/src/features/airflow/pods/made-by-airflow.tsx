'use client'

import type { PodOriginView, PodOwner } from '@fairlead/contracts/airflow-pods'
import { Card } from '@fairlead/ui/card'
import { KeyValue } from '@fairlead/ui/key-value'
import { TextLink } from '@fairlead/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { alone } from '@/live/api-client'
import { useTRPC } from '@/live/trpc'
import { Unanswered } from '@/live/unanswered'
import { dagHref, dagRunHref } from '../addresses'
import { instanceName } from '../run/instance-name'

type MadeByAirflowProps = { cluster: string; namespace: string; pod: string }

/** For which task of which run of Airflow's a pod was made. What made it does not change, so it is asked once. */
export function MadeByAirflow(ref: MadeByAirflowProps) {
  const query = useQuery(useTRPC().airflow.podOrigin.queryOptions(ref, { trpc: alone, staleTime: 60_000 }))
  const { data } = query
  if (data) return data.made === null ? null : <Made origin={data} made={data.made} />
  return (
    <Unanswered
      query={query}
      what="For which of Airflow’s tasks it was made is not shown."
      label="Asking Airflow for its task"
      rows={4}
    />
  )
}

type MadeProps = { origin: PodOriginView; made: NonNullable<PodOriginView['made']> }

const makers = { executor: 'KubernetesExecutor', operator: 'KubernetesPodOperator' } as const

function Made({ origin: { owners, silent }, made }: MadeProps) {
  const { by, dag, run, task, mapIndex, tryNumber } = made
  return (
    <Card title="Made by Airflow">
      {owners.map((owner) => (
        <Owner key={owner.connection} owner={owner} />
      ))}
      {owners.length === 0 ? (
        <KeyValue
          entries={[
            { key: 'DAG', value: dag, mono: true },
            { key: 'Run', value: run ?? '–', mono: true },
            { key: 'Task', value: instanceName({ task, mapIndex }), mono: true },
          ]}
        />
      ) : null}
      <KeyValue
        entries={[
          { key: 'Try', value: tryNumber === null ? '–' : String(tryNumber) },
          { key: 'By', value: makers[by] },
        ]}
      />
      {owners.length === 0 ? (
        <p className="pt-2 text-xs text-muted">
          As its labels say: no Airflow that you see here has such a run now.
        </p>
      ) : null}
      {owners.length > 1 ? (
        <p className="pt-2 text-xs text-muted">
          More than one Airflow has such a run. Where each of them makes its pods can be said under Settings,
          Airflow.
        </p>
      ) : null}
      {silent.map(({ connection, reason }) => (
        <p key={connection} role="status" className="pt-2 text-xs break-words text-wait">
          {connection} could not be asked: {reason}
        </p>
      ))}
    </Card>
  )
}

function Owner({ owner }: { owner: PodOwner }) {
  const { connection, dag, run, task, mapIndex } = owner
  return (
    <KeyValue
      entries={[
        { key: 'Airflow', value: connection },
        { key: 'DAG', value: <TextLink href={dagHref(owner)}>{dag}</TextLink> },
        { key: 'Run', value: <TextLink href={dagRunHref(owner)}>{run}</TextLink> },
        {
          key: 'Task',
          value: (
            <TextLink href={dagRunHref(owner, { task, mapIndex })}>
              {instanceName({ task, mapIndex })}
            </TextLink>
          ),
        },
      ]}
    />
  )
}

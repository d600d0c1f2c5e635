'use client'

import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { CopyAsMenu } from '@fairlead/ui/copy-as-menu'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { LockKeyhole } from 'lucide-react'
import { dagHref, dagRunHref } from '@/features/airflow/addresses'
import { AirflowMark, OwnPage } from '@/features/airflow/airflow-mark'
import { AskedAgo } from '@/features/airflow/asked-ago'
import { instanceName } from '@/features/airflow/run/instance-name'
import { AnswerForm } from './answer-form'
import type { HumanTaskItem } from './use-human-tasks'

/** What a task of Airflow asks people, and the answer to it. */
export function HumanTaskDetail({ item }: { item: HumanTaskItem }) {
  const { connection, task, mine, at } = item
  const { dag, run, mapIndex, assignedTo } = task
  return (
    <div className="min-w-0 space-y-4">
      <Card
        title={
          <>
            <TextLink href={dagRunHref({ connection, dag, run }, { task: task.task, mapIndex })}>
              {instanceName(task)}
            </TextLink>{' '}
            <span className="font-normal text-muted">of</span>{' '}
            <TextLink href={dagHref({ connection, dag })}>{dag}</TextLink>
          </>
        }
        actions={
          <>
            <CopyAsMenu fairlead={commandOf(item)} />
            <OwnPage link={task.link} />
          </>
        }
      >
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <AirflowMark connection={connection} />
          <AskedAgo at={at} />
        </div>
        <KeyValue
          layout="strip"
          entries={[
            { key: 'Asks since', value: <RelativeTime at={task.askedAt} /> },
            {
              key: 'Run',
              value: (
                <TextLink href={dagRunHref({ connection, dag, run })} className="break-all">
                  {run}
                </TextLink>
              ),
            },
            {
              key: 'Asks',
              value:
                assignedTo.length === 0 ? (
                  'whoever may'
                ) : (
                  <span className="flex flex-wrap gap-1">
                    {assignedTo.map((name) => (
                      <Badge key={name}>{name}</Badge>
                    ))}
                  </span>
                ),
            },
            ...(task.defaults.length === 0
              ? []
              : [{ key: 'Chosen when time is up', value: task.defaults.join(', ') }]),
          ]}
        />
        {assignedTo.length === 0 ? null : (
          <p className="mt-3 flex items-start gap-1.5 text-xs text-muted">
            <LockKeyhole aria-hidden className="mt-px size-3.5 shrink-0 text-faint" />
            Airflow takes an answer from these people alone, and Fairlead answers as the user of its
            connection: unless that is one of them, Airflow refuses, and its own page is the place to answer.
          </p>
        )}
      </Card>
      <Card title={task.subject}>
        {task.body === null ? null : (
          <p className="mb-4 text-sm break-words whitespace-pre-wrap">{task.body}</p>
        )}
        <AnswerForm key={task.askedAt} connection={connection} task={task} mine={mine} />
      </Card>
    </div>
  )
}

const commandOf = ({ connection, task: { dag, run, task, options } }: HumanTaskItem): string =>
  `fairlead airflow answer ${connection} ${dag} '${run}' ${task} --option '${options[0] ?? ''}'`

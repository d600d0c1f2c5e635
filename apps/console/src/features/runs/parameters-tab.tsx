'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { CopyButton } from '@fairlead/ui/copy-button'
import { KeyValue } from '@fairlead/ui/key-value'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { JsonBlock } from './json-block'
import { LongValue } from './long-value'
import { TaskLink } from './task-link'
import { isNothing } from './value-text'

const atOnce = 20

/** What went into the run, and what its tasks gave. */
export function ParametersTab({ run }: { run: RunView }) {
  const [most, setMost] = useState(atOnce)
  const parameters = Object.entries(run.parameters)
  const ended = run.tasks.filter(
    ({ id, state }) => state === 'succeeded' && run.graph.find((node) => node.id === id)?.kind !== 'approval',
  )
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <Card
        title="Parameters"
        actions={
          parameters.length > 0 ? (
            <CopyButton text={JSON.stringify(run.parameters, null, 2)} label="Copy the parameters" />
          ) : null
        }
      >
        {parameters.length === 0 ? (
          <p className="text-sm text-muted">This run takes none.</p>
        ) : (
          <KeyValue
            entries={parameters.map(([key, value]) => ({
              key,
              value: <LongValue value={value} />,
              mono: true,
            }))}
          />
        )}
      </Card>
      <Card title="Outputs" description="In the order of the definition, of tasks that succeeded.">
        {ended.length === 0 ? (
          <p className="text-sm text-muted">
            No task has succeeded yet. A container writes its outputs to the file that FAIRLEAD_OUTPUT names.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {ended.slice(0, most).map((task) => (
              <OutputsOf key={task.id} run={run.id} task={task} />
            ))}
          </ul>
        )}
        {ended.length > most ? (
          <Button size="sm" className="mt-3" onClick={() => setMost(most + atOnce)}>
            {ended.length - most} more
          </Button>
        ) : null}
      </Card>
    </div>
  )
}

function OutputsOf({ run, task }: { run: string; task: RunTask }) {
  const { data, error } = useQuery(
    useTRPC().run.task.queryOptions({ run: run as RunId, task: task.id }, { staleTime: Infinity }),
  )
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <div className="flex items-center justify-between gap-3 pb-1">
        <TaskLink task={task.id} index={null} tab="outputs" />
      </div>
      {data ? (
        isNothing(data.outputs) ? (
          <p className="text-xs text-muted">no outputs</p>
        ) : (
          <JsonBlock value={data.outputs} label={`Outputs of ${task.id}`} className="max-h-56" />
        )
      ) : error ? (
        <p className="text-xs text-fail">{faultOf(error).message}</p>
      ) : (
        <Skeleton className="h-5 w-52" />
      )}
    </li>
  )
}

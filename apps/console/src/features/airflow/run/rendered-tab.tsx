'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { CodeBlock } from '@fairlead/ui/code-block'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { valueText } from '@/features/runs/value-text'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { AirflowAnswer } from '../airflow-answer'
import { OwnPage } from '../airflow-mark'
import { asked, listEveryMs } from '../asked'
import { AskedAgo } from '../asked-ago'

type RenderedTabProps = { place: DagRunPlace; instance: TaskInstanceRow }

/** The operator's fields with their templates filled in, as Airflow keeps them for the last try; and the note. */
export function RenderedTab({ place, instance: { task, mapIndex } }: RenderedTabProps) {
  const detail = useQuery(
    useTRPC().airflow.task.queryOptions({ ...place, task, mapIndex }, asked(listEveryMs)),
  )
  return (
    <AirflowAnswer
      query={detail}
      what="The rendered fields are not shown."
      right="logs.view"
      loading={<SkeletonRows rows={5} label="Asking Airflow for the rendered fields" />}
    >
      {({ renderedFields, note, link, at }) => (
        <div className="space-y-3">
          <div className="flex flex-wrap items-center justify-end gap-2">
            <AskedAgo at={at} />
            <OwnPage link={link} />
          </div>
          {note === null ? null : (
            <p className="rounded-md border border-line bg-sunken px-3 py-2 text-sm break-words whitespace-pre-wrap">
              <span className="block text-xs text-muted">Note</span>
              {note}
            </p>
          )}
          {Object.keys(renderedFields).length === 0 ? (
            <p className="text-sm text-muted">Nothing was rendered: it has not begun, or has no template.</p>
          ) : (
            Object.entries(renderedFields).map(([name, value]) => (
              <CodeBlock key={name} title={name} code={codeOf(value)} className="[&_pre]:max-h-80" />
            ))
          )}
        </div>
      )}
    </AirflowAnswer>
  )
}

const codeOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : valueText(value)

'use client'

import type { ImportErrorRow } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Sheet } from '@fairlead/ui/sheet'
import { useQuery } from '@tanstack/react-query'
import { FileX2 } from 'lucide-react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useTRPC } from '@/live/trpc'
import { asked, listEveryMs } from './asked'

/** DAG files that Airflow can't read: their DAGs are missing from the list, so they are told above it. */
export function ImportErrors({ connection }: { connection: string }) {
  const [params, setParams] = useUrlParams()
  const { data, error } = useQuery(
    useTRPC().airflow.importErrors.queryOptions({ connection }, asked(listEveryMs)),
  )
  // A silent Airflow is told once, in place of the list.
  if (error || data === undefined || data.total === 0) return null
  const { errors, total } = data
  const open = params.get('errors') !== null
  return (
    <section
      aria-label="Import errors"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-fail-solid/40 bg-fail-soft px-3 py-2 text-sm"
    >
      <FileX2 aria-hidden className="size-4 shrink-0 text-fail" />
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-semibold">
          {total === 1 ? 'A DAG file can’t be imported' : `${total} DAG files can’t be imported`}
        </span>
        <span className="block truncate font-mono text-xs" title={errors.map(({ file }) => file).join('\n')}>
          {errors.map(({ file }) => nameOf(file)).join(', ')}
        </span>
      </p>
      <Button size="sm" onClick={() => setParams({ errors: '1' }, 'push')}>
        Show {total === 1 ? 'why' : 'each'}
      </Button>
      <Sheet
        open={open}
        onOpenChange={(next) => (next ? undefined : setParams({ errors: null }))}
        size="xl"
        title="Import errors"
        description={`What the DAG processor of ${connection} says of the files that it can’t read.`}
      >
        <ol className="space-y-4">
          {errors.map((each) => (
            <li key={each.file}>
              <ImportError error={each} />
            </li>
          ))}
        </ol>
        {total > errors.length ? (
          <p className="pt-3 text-xs text-muted">{total - errors.length} more are on Airflow’s own page.</p>
        ) : null}
      </Sheet>
    </section>
  )
}

const ImportError = ({ error: { file, at, trace } }: { error: ImportErrorRow }) => (
  <article className="space-y-1.5">
    <h3 className="font-mono text-xs font-semibold break-all">{file}</h3>
    {at === null ? null : (
      <p className="text-xs text-muted">
        failed <RelativeTime at={at} />
      </p>
    )}
    <CodeBlock code={trace} title="Stack trace" className="[&_pre]:max-h-96 [&_pre]:overflow-auto" />
  </article>
)

const nameOf = (file: string): string => file.split('/').at(-1) ?? file

import type { DagDetail, DagParam } from '@fairlead/contracts/airflow'
import { Card } from '@fairlead/ui/card'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { LongValue } from '@/features/runs/long-value'
import { dagFields } from './dag-fields'

/** What the DAG's author said of it. */
export function DetailsTab({ detail: { dag, params, doc, file } }: { detail: DagDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="About it">
        <KeyValue
          entries={[
            { key: 'DAG', value: dag.dag, mono: true },
            { key: 'Schedule', value: dag.schedule ?? 'Started by hand' },
            { key: 'Next run', value: dag.nextRunAt === null ? '–' : <RelativeTime at={dag.nextRunAt} /> },
            { key: 'Tags', value: dag.tags.join(', ') || 'none' },
            { key: 'Owners', value: dag.owners.join(', ') || 'none' },
            { key: 'File', value: file ?? 'not said', mono: true },
          ]}
        />
        {doc === null ? null : (
          <p className="mt-3 border-t border-line pt-3 text-sm break-words whitespace-pre-wrap">{doc}</p>
        )}
      </Card>
      <Card title="Parameters">
        {params.length === 0 ? (
          <p className="text-sm text-muted">It takes none.</p>
        ) : (
          <KeyValue entries={dagFields(params).map((field, at) => entryOf(field, params[at]))} />
        )}
      </Card>
    </div>
  )
}

const entryOf = (
  { name, hint, required }: ReturnType<typeof dagFields>[number],
  param: DagParam | undefined,
) => ({
  key: name,
  value: (
    <>
      <span className="block font-mono text-xs leading-5">
        {required ? 'must be given' : <LongValue value={param?.value ?? null} />}
      </span>
      {hint === '' ? null : <span className="block text-xs text-muted">{hint}</span>}
    </>
  ),
})

import type { RunView } from '@fairlead/contracts/workflow'
import { Duration } from '@fairlead/ui/duration'
import { KeyValue, type KeyValueEntry } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { workflowHref } from '@/features/workflows/addresses'
import { DeadlineMark } from './deadline-mark'
import { NominalTime } from './nominal-time'
import { TallyBar } from './tally-bar'
import { TriggerMark } from './trigger-mark'
import { valueText } from './value-text'

/** Who or what began it, for which moment, how long it has taken, and whether it will be in time. */
export function RunFacts({ run }: { run: RunView }) {
  return (
    <section aria-label="Facts" className="mb-4 rounded-lg border border-line bg-surface px-4 py-3">
      <KeyValue layout="strip" entries={[...standing(run), ...origin(run)]} />
      <Parameters parameters={run.parameters} />
    </section>
  )
}

const standing = ({ tally, createdAt, startedAt, finishedAt, deadline }: RunView): KeyValueEntry[] => [
  { key: 'Tasks', value: <TallyBar tally={tally} className="h-5 w-44" /> },
  {
    key: finishedAt ? 'Took' : startedAt ? 'Running for' : 'Queued for',
    value: <Duration from={startedAt ?? createdAt} to={finishedAt} />,
  },
  ...(deadline
    ? [{ key: 'Deadline', value: <DeadlineMark deadline={deadline} finishedAt={finishedAt} /> }]
    : []),
]

const origin = (run: RunView): KeyValueEntry[] => [
  {
    key: 'Workflow',
    value: (
      <TextLink href={workflowHref({ project: run.project, name: run.workflow })}>
        {run.project}/{run.workflow}
      </TextLink>
    ),
  },
  {
    key: 'Begun by',
    value: (
      <span className="flex flex-wrap items-center gap-x-2">
        <TriggerMark trigger={run.trigger} requester={run.requester} className="text-sm" />
        <RelativeTime at={run.createdAt} className="text-muted" />
      </span>
    ),
  },
  { key: 'Nominal time', value: <NominalTime at={run.nominalTime} className="text-sm text-fg" /> },
]

const fewParameters = 6

function Parameters({ parameters }: { parameters: RunView['parameters'] }) {
  const all = Object.entries(parameters)
  if (all.length === 0) return null
  return (
    <ul aria-label="Parameters" className="mt-3 flex flex-wrap gap-1.5 border-t border-line pt-3">
      {all.slice(0, fewParameters).map(([name, value]) => (
        <li
          key={name}
          title={`${name}: ${valueText(value).slice(0, 500)}`}
          className="max-w-72 truncate rounded-sm border border-line px-1.5 font-mono text-2xs leading-5"
        >
          <span className="text-muted">{name}=</span>
          {valueText(value)}
        </li>
      ))}
      {all.length > fewParameters ? (
        <li className="text-xs leading-5 text-muted">and {all.length - fewParameters} more</li>
      ) : null}
    </ul>
  )
}

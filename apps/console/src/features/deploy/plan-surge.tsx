import type { SurgeAmount, SurgePlan, SurgeVerdict, SurgeWorkload } from '@fairlead/contracts/surge'
import { cn } from '@fairlead/ui/cn'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'

/** Room is never promised: what fits now is fine, what does not is a warning until a check makes it more. */
const verdicts = {
  fits: { tone: 'ok', word: 'Fits' },
  refused: { tone: 'failing', word: 'Does not fit' },
  unknown: { tone: 'unknown', word: 'Unknown' },
} as const satisfies Record<SurgeVerdict, { tone: Tone; word: string }>

type PlanSurgeProps = { surge: SurgePlan; cluster: string }

/** What the update needs at its peak beside what there is, and the nodes its pods would land on. */
export function PlanSurge({ surge, cluster }: PlanSurgeProps) {
  const { tone, word } = verdicts[surge.verdict]
  return (
    <section
      aria-label={`Surge on ${cluster}`}
      className="space-y-3 border-b border-line px-3 py-2.5 text-xs"
    >
      <h4 className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium text-muted">At the peak of the update</span>
        <StatusMark tone={tone} word={word} variant="pill" />
      </h4>
      <ul className="space-y-2" aria-label="Workloads">
        {surge.workloads.map((workload) => (
          <WorkloadRow key={`${workload.kind}/${workload.name}`} workload={workload} />
        ))}
      </ul>
      <div className="grid gap-3 lg:grid-cols-2">
        {surge.capacity.length > 0 ? (
          <Amounts title="All nodes" limit="allocatable" amounts={surge.capacity} />
        ) : null}
        {surge.quotas.map((quota) => (
          <div key={quota.name} className="min-w-0 space-y-1">
            <Amounts title={`ResourceQuota ${quota.name}`} limit="hard" amounts={quota.amounts} />
            <p className="flex flex-wrap items-start gap-x-2 text-muted">
              <StatusMark
                tone={verdicts[quota.verdict].tone}
                word={verdicts[quota.verdict].word}
                className="text-xs"
              />
              <span className="min-w-0 break-words">
                {quota.words}; owned by {quota.owner}
              </span>
            </p>
          </div>
        ))}
        {(surge.limitRanges ?? []).map(({ name, owner, verdict, words }) => (
          <div key={name} className="min-w-0 space-y-1">
            <p className="text-muted">LimitRange {name}</p>
            <p className="flex flex-wrap items-start gap-x-2 text-muted">
              <StatusMark tone={verdicts[verdict].tone} word={verdicts[verdict].word} className="text-xs" />
              <span className="min-w-0 break-words">
                {words}; owned by {owner}
              </span>
            </p>
          </div>
        ))}
      </div>
      <ul className="list-disc space-y-0.5 pl-4 text-faint" aria-label="What is not known">
        {surge.unseen.map(({ what, why }) => (
          <li key={what} className="break-words">
            Not seen: {what}. {why}
          </li>
        ))}
        {surge.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  )
}

function WorkloadRow({ workload }: { workload: SurgeWorkload }) {
  const { kind, name, now, peak, after, words, requests, placement } = workload
  return (
    <li className="min-w-0 space-y-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="text-sm">
          <span className="text-muted">{kind}</span> <span className="font-medium">{name}</span>
        </span>
        <span className="tabular-nums">
          {now} now, {peak} at the peak, {after} after
        </span>
        <span className="text-muted">{words}</span>
      </p>
      <p className="text-muted">
        Each pod requests{' '}
        {requests.length === 0
          ? 'nothing'
          : requests.map(({ resource, amount }) => `${amount} ${resource}`).join(', ')}
      </p>
      {placement === null ? null : (
        <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
          <StatusMark
            tone={verdicts[placement.verdict].tone}
            word={verdicts[placement.verdict].word}
            className="text-xs"
          />
          <span className="min-w-0 flex-1 break-words">{placement.words}</span>
        </div>
      )}
      {placement !== null && placement.nodes.length > 0 ? <Nodes placement={placement} /> : null}
    </li>
  )
}

function Nodes({ placement }: { placement: NonNullable<SurgeWorkload['placement']> }) {
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Nodes that its pods land on">
      {placement.nodes.map(({ node, pods }) => (
        <li key={node} className="rounded-sm border border-line px-1.5 font-mono text-2xs leading-5">
          {node} <span className="text-muted">+{pods}</span>
        </li>
      ))}
    </ul>
  )
}

type AmountsProps = { title: string; limit: string; amounts: readonly SurgeAmount[] }

function Amounts({ title, limit, amounts }: AmountsProps) {
  if (amounts.length === 0) return <p className="font-medium">{title}</p>
  return (
    <div className="min-w-0 overflow-x-auto" role="group" aria-label={title} tabIndex={0}>
      <table className="w-full tabular-nums">
        <caption className="pb-0.5 text-left font-medium">{title}</caption>
        <thead className="text-muted">
          <tr className="border-b border-line">
            {['resource', 'now', 'peak', limit].map((heading, index) => (
              <th
                key={heading}
                scope="col"
                className={cn('py-0.5 pr-3 font-normal', index === 0 ? 'text-left' : 'text-right')}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {amounts.map(({ resource, now, peak, limit: most, over }) => (
            <tr key={resource}>
              <th scope="row" className="py-0.5 pr-3 text-left font-mono text-2xs font-normal">
                {resource}
              </th>
              <td className="pr-3 text-right">{now}</td>
              <td className={cn('pr-3 text-right', over && 'font-medium text-fail')}>
                {over ? 'over: ' : ''}
                {peak}
              </td>
              <td className="pr-3 text-right">{most}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

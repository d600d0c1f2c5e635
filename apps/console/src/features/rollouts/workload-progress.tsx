import { kindOfWord } from '@fairlead/contracts/kinds'
import type { WorkloadProgress as Progress } from '@fairlead/contracts/rollout'
import type { Evidence, ReplicaCounts } from '@fairlead/contracts/verdict'
import { ConvergeBar } from '@fairlead/ui/converge-bar'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SurgeBars } from '@fairlead/ui/surge-bars'
import { TextLink } from '@fairlead/ui/text-link'
import { TriangleAlert } from 'lucide-react'
import { objectHref } from '@/features/workloads/object-address'
import { shortImage } from './release-text'
import { replicaSetsOf } from './replica-sets'
import { VerdictMark } from './states'

type WorkloadProgressProps = { workload: Progress; cluster: string; namespace: string; stale: boolean }

/** One workload of a target: what its ReplicaSets do now, what it says of itself, and why. */
export function WorkloadProgress({ workload, cluster, namespace, stale }: WorkloadProgressProps) {
  const { kind, name, verdict, revisions } = workload
  const known = kindOfWord(kind)
  const { replicas } = verdict
  const sets = replicaSetsOf(revisions)
  // With evidence, the message repeats its first piece after the counts.
  const message = verdict.evidence.length > 0 ? verdict.message.split('; ')[0] : verdict.message
  const lagging =
    verdict.generation !== null &&
    verdict.observedGeneration !== null &&
    verdict.observedGeneration < verdict.generation
  return (
    <div className="min-w-0 border-t border-line px-3 py-2.5 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-xs text-muted">{kind}</span>
        {known ? (
          <TextLink
            href={objectHref({ cluster, kind: known, namespace, name })}
            className="min-w-0 truncate text-sm font-medium"
          >
            {name}
          </TextLink>
        ) : (
          <span className="min-w-0 truncate text-sm font-medium">{name}</span>
        )}
        <VerdictMark state={verdict.state} stale={stale} className="ml-auto text-xs" />
      </div>
      {replicas && sets && replicas.surge !== null && replicas.unavailable !== null ? (
        <SurgeBars
          className="mt-2"
          oldSet={sets.old}
          newSet={sets.current}
          desired={replicas.desired}
          maxSurge={replicas.surge}
          maxUnavailable={replicas.unavailable}
          stale={stale}
        />
      ) : replicas ? (
        <ReplicaProgress replicas={replicas} failing={isFailing(verdict.state)} unknown={stale} />
      ) : null}
      {sets?.images.length ? (
        <p className="mt-1.5 truncate font-mono text-2xs text-faint" title={sets.images.join('\n')}>
          {sets.images.map((image) => shortImage(image.slice(image.indexOf('=') + 1))).join(', ')}
        </p>
      ) : null}
      {message ? <p className="mt-1.5 text-xs text-muted">{message}</p> : null}
      {lagging ? (
        <p className="mt-1 text-xs text-muted">
          The status is of generation {verdict.observedGeneration}; the spec is at {verdict.generation}, so it
          says nothing about this release yet.
        </p>
      ) : null}
      <EvidenceList evidence={verdict.evidence} />
    </div>
  )
}

const isFailing = (state: Progress['verdict']['state']) =>
  state === 'degraded' || state === 'deadline_exceeded'

type ReplicaProgressProps = { replicas: ReplicaCounts; failing: boolean; unknown: boolean }

function ReplicaProgress({ replicas, failing, unknown }: ReplicaProgressProps) {
  const { updated, available, desired } = replicas
  return (
    <div className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
      <ConvergeBar label="Updated" actual={updated} desired={desired} failing={failing} unknown={unknown} />
      <ConvergeBar
        label="Available"
        actual={available}
        desired={desired}
        failing={failing}
        unknown={unknown}
      />
    </div>
  )
}

/** Ten pods that fail in the same way are one piece of evidence. */
function gathered(evidence: readonly Evidence[]) {
  const found = new Map<string, { item: Evidence; names: string[] }>()
  for (const item of evidence) {
    const key = `${item.reason} ${item.message}`
    const name = `${item.objectKind}/${item.objectName}`
    const known = found.get(key)
    if (known) known.names.push(name)
    else found.set(key, { item, names: [name] })
  }
  return [...found.values()]
}

export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null
  return (
    <ul aria-label="Evidence" className="mt-2 space-y-1.5">
      {gathered(evidence).map(({ item, names }) => (
        <li
          key={`${item.reason}${item.message}`}
          className="flex gap-2 rounded-md bg-fail-soft px-2 py-1.5 text-xs text-fail"
        >
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">{item.reason}</span>{' '}
            <span className="font-mono text-2xs">
              {names.slice(0, 3).join(', ')}
              {names.length > 3 ? ` and ${names.length - 3} more` : ''}
            </span>
            {item.message ? <span className="block">{item.message}</span> : null}
          </span>
          {item.since ? <RelativeTime at={item.since} className="shrink-0 text-2xs" /> : null}
        </li>
      ))}
    </ul>
  )
}

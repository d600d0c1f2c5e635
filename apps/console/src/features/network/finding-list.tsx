'use client'

import type { NetworkFinding } from '@fairlead/contracts/network'
import { networkFindings } from '@fairlead/contracts/network-findings'
import { cn } from '@fairlead/ui/cn'
import { EmptyState } from '@fairlead/ui/empty-state'
import { CircleCheck, Wrench } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { SeverityMark } from './severity-mark'

type FindingListProps = {
  findings: readonly NetworkFinding[]
  stale: boolean
  chosen: number | null
  onChoose: (index: number | null) => void
}

/** What was found, worst first, each with what to do about it. Choosing one marks its object in the graph. */
export function FindingList({ findings, stale, chosen, onChoose }: FindingListProps) {
  if (findings.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState
          icon={<CircleCheck aria-hidden />}
          title={stale ? 'Nothing was found when it was last seen' : 'Nothing found'}
        >
          {stale
            ? 'The cluster is silent: what was fine may not be now.'
            : 'Every step from entry to pod is as it should be, as far as the cluster’s objects tell.'}
        </EmptyState>
      </div>
    )
  return (
    <ol aria-label="Findings" className="flex flex-col gap-2">
      {findings.map((finding, index) => (
        <li key={`${finding.code} ${finding.object.kind} ${finding.object.name} ${finding.words}`}>
          <FindingItem
            finding={finding}
            stale={stale}
            chosen={index === chosen}
            onChoose={() => onChoose(index === chosen ? null : index)}
          />
        </li>
      ))}
    </ol>
  )
}

type FindingItemProps = { finding: NetworkFinding; stale: boolean; chosen: boolean; onChoose: () => void }

function FindingItem({ finding, stale, chosen, onChoose }: FindingItemProps) {
  const { code, severity, object, words, fix } = finding
  const item = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div
      ref={item}
      className={cn('rounded-lg border bg-surface p-3', chosen ? 'border-accent-text' : 'border-line')}
    >
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-sm text-left"
      >
        <SeverityMark severity={severity} stale={stale} />
        <span className="text-sm font-medium">{networkFindings[code].title}</span>
        <span className="ml-auto text-xs text-muted">
          {object.kind} {object.name}
        </span>
      </button>
      <p className="mt-1.5 text-sm break-words text-pretty">{words}</p>
      <p className="mt-1.5 flex gap-1.5 text-sm break-words text-muted">
        <Wrench aria-hidden className="mt-1 size-3.5 shrink-0" />
        <span className="sr-only">Fix: </span>
        <span className="min-w-0">{fix}</span>
      </p>
    </div>
  )
}

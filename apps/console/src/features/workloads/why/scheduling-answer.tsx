import { schedulerFilters, type RefusalGroup, type SchedulingExplanation } from '@fairlead/contracts/pod-why'
import { ChevronRight } from 'lucide-react'
import { BuiltIns, PointsList } from './points-list'
import { RankingTable } from './ranking-table'
import { SchedulerComparison } from './scheduler-comparison'

/** Nodes by reason, what would have to change, and whether the scheduler says the same. */
export function SchedulingAnswer({ scheduling }: { scheduling: SchedulingExplanation }) {
  const { groups, fitting, whatIfs, preemption, nodeCount, ranking, points, builtIns } = scheduling
  return (
    <>
      {groups.length > 0 ? (
        <div
          role="group"
          aria-label={`Nodes by reason, ${nodeCount} in all`}
          className="border-t border-line"
        >
          {fitting.length > 0 ? (
            <p className="border-b border-line px-4 py-2.5 text-sm">
              Would take it: {fitting.slice(0, 5).join(', ')}
              {fitting.length > 5 ? ` and ${fitting.length - 5} more` : ''}
            </p>
          ) : null}
          {groups.map((group) => (
            <NodesOfOneReason key={`${group.filter}${group.messages.join()}`} group={group} />
          ))}
        </div>
      ) : null}
      {ranking ? <RankingTable ranking={ranking} /> : null}
      {whatIfs.length > 0 ? <WhatIfs whatIfs={whatIfs} /> : null}
      {preemption ? (
        <p className="border-t border-line px-4 py-2.5 text-sm text-muted">{preemption}</p>
      ) : null}
      <SchedulerComparison scheduling={scheduling} />
      <PointsList points={points} />
      <BuiltIns names={builtIns} />
    </>
  )
}

function NodesOfOneReason({ group: { filter, messages, count, nodes } }: { group: RefusalGroup }) {
  return (
    <details className="group border-b border-line last:border-b-0">
      <summary className="grid cursor-pointer list-none grid-cols-[1rem_3.5rem_minmax(0,1fr)] items-baseline gap-x-3 px-4 py-2 text-sm hover:bg-hover md:grid-cols-[1rem_3.5rem_10rem_minmax(0,1fr)] [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 self-center text-faint group-open:rotate-90" />
        <span className="font-medium tabular-nums">
          {count} {count === 1 ? 'node' : 'nodes'}
        </span>
        <span className="text-muted max-md:hidden" title={`Asks that ${schedulerFilters[filter]}`}>
          {filter}
        </span>
        <span className="min-w-0 break-words">{messages.join(', ')}</span>
      </summary>
      <ul className="border-t border-line bg-sunken">
        {nodes.map(({ node, reasons }) => (
          <li
            key={node}
            className="grid gap-x-4 px-4 py-1.5 text-xs md:grid-cols-[14rem_minmax(0,1fr)] md:pl-11"
          >
            <span className="truncate font-mono" title={node}>
              {node}
            </span>
            <span className="min-w-0 break-words text-muted">
              {reasons.map(({ words }) => words).join('; ')}
            </span>
          </li>
        ))}
        {count > nodes.length ? (
          <li className="px-4 py-1.5 text-xs text-faint md:pl-11">and {count - nodes.length} more</li>
        ) : null}
      </ul>
    </details>
  )
}

function WhatIfs({ whatIfs }: { whatIfs: SchedulingExplanation['whatIfs'] }) {
  return (
    <div className="border-t border-line px-4 py-3 text-sm">
      <h3 className="mb-1.5 text-xs font-semibold text-muted">It would fit</h3>
      <ul className="flex flex-col gap-1">
        {whatIfs.map(({ change, fits, nodes }) => (
          <li key={change} className="min-w-0 break-words" title={nodes.join(', ')}>
            on <span className="font-medium">{fits === 1 ? nodes[0] : `${fits} nodes`}</span> if {change}
          </li>
        ))}
      </ul>
    </div>
  )
}

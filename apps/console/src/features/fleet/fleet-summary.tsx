import { cn } from '@fairlead/ui/cn'
import { podParts, workloadParts } from '@/features/clusters/cluster-parts'
import { PartsBar, type Part } from '@/features/clusters/parts-bar'
import { countText } from '@/features/clusters/quantity'
import type { FleetTotals } from './fleet-filter'

/** The whole fleet in one strip: how many, and what they are in. */
export function FleetSummary({ totals }: { totals: FleetTotals }) {
  const { clusters, live, nodes, lastKnown } = totals
  const unseen = (count: number): Part => ({ word: 'not seen', count, tone: 'unknown' })
  return (
    <dl className="mb-4 grid grid-cols-2 divide-line rounded-lg border border-line bg-surface max-lg:[&>*:nth-child(n+3)]:border-t lg:grid-cols-[1fr_1fr_2fr_2fr] lg:divide-x">
      <Figure
        name="Clusters"
        value={clusters}
        parts={[
          { word: 'live', count: live, tone: 'ok' },
          { word: 'not seen', count: clusters - live, tone: 'unknown' },
        ]}
      />
      <Figure
        name="Nodes"
        value={nodes.total + lastKnown.nodes}
        parts={[
          { word: 'ready', count: nodes.ready, tone: 'ok' },
          { word: 'not ready', count: nodes.total - nodes.ready, tone: 'failing' },
          unseen(lastKnown.nodes),
        ]}
        className="max-lg:border-l"
      />
      <Figure
        name="Workloads"
        value={sumOf(workloadParts(totals)) + lastKnown.workloads}
        parts={[...workloadParts(totals), unseen(lastKnown.workloads)]}
      />
      <Figure
        name="Pods"
        value={sumOf(podParts(totals)) + lastKnown.pods}
        parts={[...podParts(totals), unseen(lastKnown.pods)]}
        className="max-lg:border-l"
      />
    </dl>
  )
}

const sumOf = (parts: readonly Part[]) => parts.reduce((sum, { count }) => sum + count, 0)

type FigureProps = {
  name: string
  value: number
  parts: readonly Part[]
  className?: string
}

function Figure({ name, value, parts, className }: FigureProps) {
  return (
    <div className={cn('min-w-0 border-line px-4 py-3', className)}>
      <dt className="flex items-baseline justify-between gap-2 text-xs text-muted">
        {name}
        <span className="text-lg font-semibold text-fg">{countText(value)}</span>
      </dt>
      <dd className="mt-1">
        <PartsBar label={name} parts={parts} />
      </dd>
    </div>
  )
}

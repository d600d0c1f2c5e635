'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { complexityFactors, type ComplexityItem, type ComplexityView } from '@fairlead/contracts/complexity'
import { Card } from '@fairlead/ui/card'
import { Progress } from '@fairlead/ui/progress'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Sparkline } from '@fairlead/ui/sparkline'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useQuery } from '@tanstack/react-query'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { BudgetForm } from './budget-form'
import { trendValues } from './trend-values'
import { UnknownList } from './unknown-list'
import { WebhooksCard } from './webhooks-card'

/** What makes this cluster hard to understand, weighed against what its owners are willing to carry. */
export default function ComplexityTab({ cluster }: { cluster: ClusterCard }) {
  const query = useQuery(useTRPC().cluster.complexity.queryOptions({ cluster: cluster.name }))
  if (query.error)
    return (
      <FaultState
        what="The complexity of this cluster could not be shown."
        error={query.error}
        right="inventory.view"
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    )
  if (!query.data) return <SkeletonRows label="Loading the complexity" />
  const view = query.data
  if (view.at === null)
    return <p className="text-sm text-muted">Not looked at yet: the watcher reads this every two minutes.</p>
  return (
    <div className="flex flex-col gap-4">
      <Budget view={view} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <Items items={view.items} />
        <WebhooksCard webhooks={view.webhooks} />
      </div>
    </div>
  )
}

function Budget({ view }: { view: ComplexityView }) {
  const { score, budget, trend, at } = view
  const over = score > budget
  const trendLabel = `Weight by day, ${trend.length} ${trend.length === 1 ? 'day' : 'days'} known`
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-3">
        <div>
          <p className="text-xs text-muted">Complexity</p>
          <p className="text-xl font-semibold">
            {score} <span className="text-sm font-normal text-muted">of a budget of {budget}</span>
          </p>
        </div>
        <div className="min-w-48 flex-1">
          <Progress label="Budget used" value={score} max={budget} tone={over ? 'failing' : 'ok'} />
          <p className="mt-1 text-xs">
            <StatusMark
              tone={over ? 'failing' : 'ok'}
              word={over ? `${score - budget} over budget` : `${budget - score} left`}
              className="text-xs"
            />
          </p>
        </div>
        <div>
          <Sparkline values={trendValues(trend)} label={trendLabel} width={160} height={32} />
          <p className="text-xs text-faint">
            {trend.length < 2 ? 'The trend begins today' : trendLabel}
            {at ? (
              <>
                {' · read '}
                <RelativeTime at={at} />
              </>
            ) : null}
          </p>
        </div>
        <BudgetForm key={budget} cluster={view.cluster} budget={budget} />
      </div>
      <UnknownList unknown={view.unknown} />
    </Card>
  )
}

function Items({ items }: { items: readonly ComplexityItem[] }) {
  return (
    <Card flush title="What weighs" description="Each with its evidence and the simpler thing that would do">
      {items.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          Nothing beyond what every cluster has. It stays this easy as long as nothing is added.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <Item key={item.factor} item={item} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const shown = 5

function Item({ item }: { item: ComplexityItem }) {
  const { title, simpler } = complexityFactors[item.factor]
  return (
    <li className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-3 px-4 py-3 text-sm">
      <span className="text-right text-lg leading-6 font-semibold tabular-nums">{item.weight}</span>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium">
          {title} <span className="font-normal text-muted">× {item.count}</span>
        </p>
        <ul className="flex flex-col gap-0.5 text-xs text-muted">
          {item.evidence.slice(0, shown).map(({ namespace, words }) => (
            <li key={`${namespace} ${words}`} className="break-words">
              {namespace === null ? '' : `${namespace}: `}
              {words}
            </li>
          ))}
          {item.evidence.length > shown ? <li>and {item.evidence.length - shown} more</li> : null}
        </ul>
        <p className="text-xs">
          <span className="text-faint">Simpler: </span>
          {simpler}
        </p>
      </div>
    </li>
  )
}

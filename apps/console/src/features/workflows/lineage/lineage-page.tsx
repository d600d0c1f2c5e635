'use client'

import { CodeBlock } from '@fairlead/ui/code-block'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { Sheet } from '@fairlead/ui/sheet'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Database } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { AreaTabs } from '../area-tabs'
import { LineageFacts } from './lineage-facts'
import { around, lineageOf, nameOf } from './lineage-model'

const height = 'h-[calc(100dvh-16.5rem)] min-h-80'
const waiting = () => <Skeleton className={`rounded-lg ${height}`} />
const LineageGraph = dynamic(() => import('./lineage-graph').then((module) => module.LineageGraph), {
  ssr: false,
  loading: waiting,
})

const example = `lineage:
  inputs: ["postgres://ledger/public.entries"]
  outputs: ["s3://reports/\${{ parameters.day }}"]`

/** What reads and writes what, over all workflows, as runs declared it. */
export function LineagePage() {
  const trpc = useTRPC()
  const graph = useQuery(trpc.lineage.get.queryOptions({}))
  const [params, setParams] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const deferred = useDeferredValue(text)
  const whole = useMemo(() => (graph.data ? lineageOf(graph.data) : null), [graph.data])
  const shown = useMemo(() => (whole ? around(whole, deferred) : null), [whole, deferred])
  const selected = whole?.nodes.find(({ id }) => id === params.get('node')) ?? null
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: 'Lineage' }]} />
      <PageHeader
        title="Lineage"
        description="Which task reads and writes which dataset, as the last run of each declared it."
      />
      <AreaTabs />
      {graph.isError ? (
        <FaultState
          what="The lineage could not be loaded."
          error={graph.error}
          right="project.view"
          onRetry={() => void graph.refetch()}
          retrying={graph.isFetching}
        />
      ) : !graph.data || !shown ? (
        waiting()
      ) : graph.data.edges.length === 0 ? (
        <NoLineage />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2 pb-3">
            <FilterInput
              label="Find a dataset or task"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <span className="ml-auto text-xs text-muted">
              {shown.nodes.length} of {whole?.nodes.length} datasets and tasks
            </span>
          </div>
          {shown.nodes.length > 0 ? (
            <LineageGraph
              lineage={shown}
              selected={selected?.id ?? null}
              onSelect={(node) => setParams({ node }, 'push')}
              className={height}
            />
          ) : (
            <EmptyState
              title="Nothing of this name"
              icon={<Database aria-hidden />}
              className="max-w-none rounded-lg border border-line bg-surface"
            />
          )}
        </>
      )}
      <Sheet
        open={selected !== null}
        onOpenChange={(open) => (open ? undefined : setParams({ node: null }))}
        title={selected ? nameOf(selected) : ''}
        description={selected?.kind === 'dataset' ? 'Dataset' : 'Task'}
      >
        {selected && graph.data ? <LineageFacts node={selected} graph={graph.data} /> : null}
      </Sheet>
    </>
  )
}

const NoLineage = () => (
  <div className="mx-auto max-w-2xl space-y-4 rounded-lg border border-line bg-surface px-5 py-8 text-sm">
    <div className="flex items-start gap-3">
      <Database aria-hidden className="mt-0.5 size-5 shrink-0 text-faint" />
      <div>
        <p className="text-base font-semibold">No lineage yet</p>
        <p className="mt-1 text-pretty text-muted">
          Let a task declare what it reads and writes; once it has run, it stands here between its datasets.
          The same goes out as OpenLineage events where an endpoint is configured.
        </p>
      </div>
    </div>
    <CodeBlock title="in a task" code={example} />
  </div>
)

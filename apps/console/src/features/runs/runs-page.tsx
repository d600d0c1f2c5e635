'use client'

import { runStates } from '@fairlead/contracts/workflow-states'
import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { exactText } from '@fairlead/ui/time-text'
import { useQuery } from '@tanstack/react-query'
import { CalendarClock, History, Workflow } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { askedOf, filterRuns, mostRuns } from './run-filters'
import { RunsTable } from './runs-table'
import { RunsToolbar } from './runs-toolbar'

const filterNames = ['q', 'state', 'workflow', 'project', 'before'] as const

/** Every run of every workflow that the viewer may see, the newest first. */
export function RunsPage() {
  const [params, setParams] = useUrlParams()
  const runs = useQuery(useTRPC().run.list.queryOptions(askedOf((name) => params.get(name))))
  const [text, setText] = useTextParam('q')
  const deferred = useDeferredValue(text)
  const shown = useMemo(() => filterRuns(runs.data ?? [], deferred), [runs.data, deferred])
  const filtered = text !== '' || filterNames.some((name) => params.get(name) !== null)
  const clear = () => setParams(Object.fromEntries(filterNames.map((name) => [name, null])))
  const active = (runs.data ?? []).filter(({ state }) => !runStates[state].terminal).length
  return (
    <>
      <PageHeader
        title="Runs"
        description={runs.data ? countText(shown.length, active) : undefined}
        actions={
          <Button href="/workflows" icon={<Workflow aria-hidden />}>
            Workflows
          </Button>
        }
      />
      <RunsToolbar text={text} onText={setText} onClear={filtered ? clear : null} />
      {runs.data ? (
        <>
          <RunsTable runs={shown} empty={filtered ? <NothingFits onClear={clear} /> : <NothingYet />} />
          <Older last={runs.data.length === mostRuns ? runs.data.at(-1)?.createdAt : undefined} />
        </>
      ) : runs.isError ? (
        <FaultState
          what="The runs could not be loaded."
          error={runs.error}
          right="project.view"
          onRetry={() => void runs.refetch()}
          retrying={runs.isFetching}
        />
      ) : (
        <SkeletonRows rows={14} label="Loading runs" className="rounded-lg border border-line bg-surface" />
      )}
    </>
  )
}

const countText = (count: number, active: number): string =>
  `${active} in motion, ${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'} shown`

/** One page at a time: the address says before when. */
function Older({ last }: { last: string | undefined }) {
  const [params, setParams] = useUrlParams()
  const before = params.get('before')
  if (before === null && last === undefined) return null
  return (
    <p className="flex flex-wrap items-center gap-3 pt-3 text-xs text-muted">
      {before === null ? null : (
        <>
          <span>Created before {exactText(new Date(before))}</span>
          <Button size="sm" variant="ghost" onClick={() => setParams({ before: null }, 'push')}>
            Newest
          </Button>
        </>
      )}
      {last === undefined ? null : (
        <Button size="sm" icon={<History aria-hidden />} onClick={() => setParams({ before: last }, 'push')}>
          Older runs
        </Button>
      )}
    </p>
  )
}

const NothingFits = ({ onClear }: { onClear: () => void }) => (
  <EmptyState title="No run fits these filters" action={<Button onClick={onClear}>Clear filters</Button>} />
)

const NothingYet = () => (
  <EmptyState
    title="Nothing has run yet"
    icon={<CalendarClock aria-hidden />}
    command="fairlead workflow run nightly-settlement --wait"
    action={
      <Button variant="primary" href="/workflows">
        Go to the workflows
      </Button>
    }
  >
    A run is one passage through a workflow: begun by its schedule, by hand, by a backfill, or by a rollout
    that waits for it.
  </EmptyState>
)

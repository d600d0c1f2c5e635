'use client'

import { Button } from '@fairlead/ui/button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { filterRollouts, standingOf } from './rollout-filters'
import { askedOf } from './rollouts-asked'
import { RolloutsToolbar } from './rollouts-toolbar'
import { RolloutTable } from './rollout-table'
import { useUrlParams } from './url-param'

export function RolloutsPage() {
  const trpc = useTRPC()
  const [params, setParams] = useUrlParams()
  const asked = askedOf((name) => params.get(name))
  const rollouts = useQuery(trpc.rollout.list.queryOptions(asked))
  const [text, setText] = useTextParam('q')
  const standing = params.get('state')
  const kind = params.get('kind')
  const deferred = useDeferredValue(text)
  const shown = useMemo(
    () => filterRollouts(rollouts.data ?? [], { text: deferred, standing, kind }),
    [rollouts.data, deferred, standing, kind],
  )
  const moving = (rollouts.data ?? []).filter(({ state }) => standingOf(state) === 'motion').length
  const filtered = text !== '' || standing !== null || kind !== null || Object.keys(asked).length > 1
  const clear = () => setParams({ q: null, state: null, kind: null, application: null, project: null })
  return (
    <>
      <PageHeader
        title="Rollouts"
        description={
          rollouts.data ? `${moving} in motion, ${rollouts.data.length} of the latest shown` : undefined
        }
        actions={
          <Button variant="primary" href="/deploy" icon={<Rocket aria-hidden />}>
            Deploy
          </Button>
        }
      />
      <RolloutsToolbar text={text} onText={setText} onClear={filtered ? clear : null} />
      {rollouts.data ? (
        <RolloutTable
          rollouts={shown}
          withApplication
          empty={filtered ? <NothingFits onClear={clear} /> : <NothingYet />}
        />
      ) : rollouts.isError ? (
        <FaultState
          what="The rollouts could not be loaded."
          error={rollouts.error}
          right="project.view"
          onRetry={() => void rollouts.refetch()}
          retrying={rollouts.isFetching}
        />
      ) : (
        <SkeletonRows className="rounded-lg border border-line bg-surface" />
      )}
    </>
  )
}

const NothingFits = ({ onClear }: { onClear: () => void }) => (
  <EmptyState
    title="No rollout fits these filters"
    action={<Button onClick={onClear}>Clear filters</Button>}
  />
)

const NothingYet = () => (
  <EmptyState
    title="Nothing has been rolled out yet"
    icon={<Rocket aria-hidden />}
    command="fairlead deploy -a checkout -f deploy/ --wait"
    action={
      <Button variant="primary" href="/deploy">
        Deploy an application
      </Button>
    }
  >
    A rollout takes one release through the stages of an application, and brings the last good one back when
    it does not converge in time.
  </EmptyState>
)

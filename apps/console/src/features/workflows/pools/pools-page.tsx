'use client'

import type { PoolView } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Layers, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { lacks } from '@/features/deploy/fault-card'
import { useTextParam } from '@/features/fleet/use-text-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { AreaTabs } from '../area-tabs'
import { examplePool, type PoolDraft } from './pool-document'
import { PoolsTable } from './pools-table'

const PoolDialog = dynamic(() => import('./pool-dialog').then((module) => module.PoolDialog))

export function PoolsPage() {
  const trpc = useTRPC()
  const pools = useQuery(trpc.pool.list.queryOptions({}))
  const writable = useWritableProjects()
  const [text, setText] = useTextParam('q')
  const [draft, setDraft] = useState<PoolDraft | null>(null)
  const wanted = text.trim().toLowerCase()
  const shown = (pools.data ?? []).filter(({ project, name, description }) =>
    `${project}/${name} ${description}`.toLowerCase().includes(wanted),
  )
  const first = writable?.[0] ?? ''
  const change = ({ name, project, slots, description }: PoolView) =>
    setDraft({ name, project, slots: String(slots), description })
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Workflows', href: '/workflows' }, { label: 'Pools' }]} />
      <PageHeader
        title="Pools"
        description="Slots that tasks share, whichever workflow they belong to. Counted from what runs, so none can leak."
        actions={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            disabledReason={writable?.length === 0 ? lacks('workflow.write', 'any project') : null}
            onClick={() => setDraft({ name: '', project: first, slots: '8', description: '' })}
          >
            New pool
          </Button>
        }
      />
      <AreaTabs />
      {pools.data && pools.data.length > 0 ? (
        <>
          <div className="pb-3">
            <FilterInput
              label="Filter pools"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <PoolsTable
            pools={shown}
            onChange={change}
            whyNot={({ project }) =>
              writable === null || writable.includes(project) ? null : lacks('workflow.write', project)
            }
            empty={<EmptyState title="No pool of this name" icon={<Layers aria-hidden />} />}
          />
        </>
      ) : pools.data ? (
        <NoPools project={first || 'shop'} />
      ) : pools.isError ? (
        <FaultState
          what="The pools could not be loaded."
          error={pools.error}
          right="project.view"
          onRetry={() => void pools.refetch()}
          retrying={pools.isFetching}
        />
      ) : (
        <SkeletonRows className="rounded-lg border border-line bg-surface" label="Loading the pools" />
      )}
      {draft ? <PoolDialog pool={draft} projects={writable ?? []} onClose={() => setDraft(null)} /> : null}
    </>
  )
}

/** Null until known. */
function useWritableProjects(): readonly string[] | null {
  const me = useQuery(useTRPC().session.me.queryOptions({}))
  if (!me.data) return null
  const everywhere = me.data.permissions.includes('workflow.write')
  return me.data.projects
    .filter(({ permissions }) => everywhere || permissions.includes('workflow.write'))
    .map(({ name }) => name)
}

const NoPools = ({ project }: { project: string }) => (
  <div className="mx-auto max-w-2xl space-y-4 rounded-lg border border-line bg-surface px-5 py-8 text-sm">
    <div className="flex items-start gap-3">
      <Layers aria-hidden className="mt-0.5 size-5 shrink-0 text-faint" />
      <div>
        <p className="text-base font-semibold">No pool yet</p>
        <p className="mt-1 text-pretty text-muted">
          A pool guards something that bears only so much at once, such as a database. Tasks that say{' '}
          <code className="font-mono text-xs">pool: database</code> wait for one of its slots.
        </p>
      </div>
    </div>
    <CodeBlock title="pool.yaml" code={examplePool(project)} />
    <CodeBlock prompt code="fairlead apply -f pool.yaml" />
  </div>
)

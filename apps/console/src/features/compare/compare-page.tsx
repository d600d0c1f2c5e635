'use client'

import type { ClusterCard } from '@fairlead/contracts/cluster'
import { EmptyState } from '@fairlead/ui/empty-state'
import { IconButton } from '@fairlead/ui/icon-button'
import { PageHeader } from '@fairlead/ui/page-header'
import { TextLink } from '@fairlead/ui/text-link'
import { ArrowLeftRight, GitCompareArrows } from 'lucide-react'
import { useFleet } from '@/features/clusters/use-clusters'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { Comparison } from './comparison'
import { SidePicker } from './side-picker'
import { compareHref, parseSide, sideText, whyNot, type SideAddress } from './sides'

/** Two namespaces or two clusters beside each other; which ones is in the address. */
export function ComparePage() {
  const fleet = useFleet()
  return (
    <>
      <TopbarCrumbs crumbs={[{ label: 'Fleet', href: '/fleet' }, { label: 'Compare' }]} />
      <PageHeader
        title="Compare"
        description="Two namespaces as they are now, or two clusters as they were last seen. What differs by nature is left out."
      />
      {fleet.data ? (
        <Loaded clusters={fleet.data.clusters.filter(({ id }) => !id.startsWith('provision:'))} />
      ) : fleet.error ? (
        <FaultState
          what="The clusters could not be loaded."
          error={fleet.error}
          right="inventory.view"
          onRetry={() => void fleet.refetch()}
          retrying={fleet.isFetching}
        />
      ) : (
        <div role="status" aria-label="Loading the clusters">
          <CardSkeleton lines={4} />
        </div>
      )}
    </>
  )
}

function Loaded({ clusters }: { clusters: readonly ClusterCard[] }) {
  const [params, set] = useUrlParams()
  const left = parseSide(params.get('left'))
  const right = parseSide(params.get('right'))
  const application = params.get('application')
  const choose = (name: 'left' | 'right') => (side: SideAddress) => set({ [name]: sideText(side) })
  const swap = () => set({ left: params.get('right'), right: params.get('left') })
  useHotkey('x', swap, { description: 'Swap the sides' })
  const missing = whyNot(left, right)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <SidePicker label="Left" side={left} clusters={clusters} onChange={choose('left')} />
        <IconButton label="Swap" shortcut="x" icon={<ArrowLeftRight aria-hidden />} onClick={swap} />
        <SidePicker label="Right" side={right} clusters={clusters} onChange={choose('right')} />
      </div>
      {application === null ? null : (
        <p className="text-sm text-muted">
          Only what the application <span className="font-medium text-fg">{application}</span> applied.{' '}
          {left && right ? <TextLink href={compareHref({ left, right })}>Compare everything</TextLink> : null}
        </p>
      )}
      {missing === null && left !== null && right !== null ? (
        <Comparison left={left} right={right} application={application} />
      ) : (
        <NothingChosen words={missing ?? ''} />
      )}
    </div>
  )
}

function NothingChosen({ words }: { words: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        title="Nothing is compared yet"
        icon={<GitCompareArrows aria-hidden />}
        command="fairlead compare staging/checkout production/checkout"
      >
        {words} The address keeps both sides, so that a colleague sees the same. In a terminal:
      </EmptyState>
    </div>
  )
}

'use client'

import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { clusterHref } from '@/features/clusters/cluster-mark'
import { useUrlParams } from '@/features/rollouts/url-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import type { CustomKindAddress } from './addresses'
import { CustomHeader } from './custom-header'
import { CustomTable } from './custom-table'
import { useCustomList } from './use-custom-list'

/** Objects of a kind that a cluster's own definitions define, asked of it when somebody looks. */
export function CustomPage({ address }: { address: CustomKindAddress }) {
  const [params] = useUrlParams()
  const namespace = params.get('namespace')
  const list = useCustomList({ ...address, namespace })
  const askAgain = () => void list.refetch()
  useHotkey('r', askAgain, { description: 'Ask the cluster again' })
  const kind = list.first?.kind
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Clusters', href: '/clusters' },
          { label: address.cluster, href: clusterHref(address.cluster) },
          { label: kind?.kind ?? address.definition },
        ]}
      />
      <CustomHeader
        address={address}
        first={list.first}
        onAskAgain={askAgain}
        asking={list.isRefetching && !list.isFetchingNextPage}
      />
      {list.error ? (
        <div className="mb-3">
          <FaultState
            what={faultWords(address, list)}
            where={`Cluster ${address.cluster}`}
            error={list.error}
            right="inventory.view"
            onRetry={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
            retrying={list.isFetching}
          />
        </div>
      ) : null}
      {list.first ? (
        <CustomTable address={address} first={list.first} list={list} />
      ) : list.error ? null : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows rows={12} label={`Asking ${address.cluster} for its ${address.definition}`} />
        </div>
      )}
    </>
  )
}

type Answered = { first: CustomObjectPage | undefined; isFetchNextPageError: boolean }

function faultWords({ cluster, definition }: CustomKindAddress, { first, isFetchNextPageError }: Answered) {
  if (first === undefined) return `${cluster} was asked for its ${definition}, and they can’t be shown.`
  return isFetchNextPageError
    ? 'The rest could not be loaded; what is shown is what came before.'
    : 'The cluster could not be asked again; what is shown is its last answer.'
}

import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { NetworkItem } from '@fairlead/contracts/network'
import type { Column } from '@fairlead/ui/table-column'
import { Duration } from '@fairlead/ui/duration'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { titleOf } from './in-view'
import { SeverityMark } from './severity-mark'

type ColumnContext = {
  cluster: (id: string) => ClusterIdentity | undefined
  isStale: (item: NetworkItem) => boolean
}

export const networkColumns = ({ cluster, isStale }: ColumnContext): Column<NetworkItem>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 200,
    sortable: true,
    cell: ({ name }) => <span title={name}>{name}</span>,
  },
  { id: 'kind', header: 'Kind', width: 100, sortable: true, cell: ({ kind }) => kind },
  {
    id: 'found',
    header: 'Found',
    sortable: true,
    cell: (item) => (
      <span title={item.worst?.words} className="block truncate">
        <SeverityMark
          severity={item.worst?.severity ?? null}
          reason={titleOf(item) + moreOf(item)}
          stale={isStale(item)}
        />
      </span>
    ),
  },
  {
    id: 'namespace',
    header: 'Namespace',
    width: 140,
    sortable: true,
    cell: ({ namespace }) => <span title={namespace}>{namespace}</span>,
  },
  {
    id: 'cluster',
    header: 'Cluster',
    width: 170,
    sortable: true,
    cell: (item) => {
      const found = cluster(item.clusterId)
      return found === undefined ? null : <ClusterMark cluster={found} compact href={null} />
    },
  },
  {
    id: 'words',
    header: 'Hosts and ports',
    width: 200,
    cell: ({ words }) => (
      <span title={words} className="font-mono text-xs text-muted">
        {words}
      </span>
    ),
  },
  {
    id: 'age',
    header: 'Age',
    width: 78,
    align: 'end',
    sortable: true,
    cell: ({ createdAt }) => <Duration from={createdAt} className="text-muted" />,
  },
]

/** How many findings stand behind the worst. */
function moreOf({ counts, worst }: NetworkItem): string {
  const more = counts.error + counts.warning + counts.notice - 1
  return worst === null || more <= 0 ? '' : ` · ${more} more`
}

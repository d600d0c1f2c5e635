import type { PodUsage } from '@fairlead/contracts/usage'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { RelativeTime } from '@fairlead/ui/relative-time'
import type { Column } from '@fairlead/ui/table-column'
import { bytesText, coresText } from '@/features/clusters/quantity'
import { objectHref } from '../object-address'

type PodsUseProps = { pods: readonly PodUsage[]; cluster: string; namespace: string | null }

/** The last measurement of each pod with its time; a pod that was not measured says so. */
export function PodsUse({ pods, cluster, namespace }: PodsUseProps) {
  return (
    <DataTable
      label="What its pods use"
      rows={pods}
      columns={columns}
      rowKey={({ pod }) => pod}
      rowHref={({ pod }) => objectHref({ cluster, kind: 'Pod', namespace, name: pod })}
      empty={<EmptyState title="No pod">None exists whose use could be measured.</EmptyState>}
    />
  )
}

const none = <span className="text-faint">not measured</span>

const columns: Column<PodUsage>[] = [
  {
    id: 'pod',
    header: 'Pod',
    cell: ({ pod }) => (
      <span className="font-medium" title={pod}>
        {pod}
      </span>
    ),
  },
  {
    id: 'cpu',
    header: 'CPU',
    width: 120,
    align: 'end',
    cell: ({ sample }) => (sample === null ? none : coresText(sample.cpuMillis)),
  },
  {
    id: 'memory',
    header: 'Memory',
    width: 120,
    align: 'end',
    cell: ({ sample }) => (sample === null ? none : bytesText(sample.memoryBytes)),
  },
  {
    id: 'at',
    header: 'Measured',
    width: 190,
    align: 'end',
    cell: ({ sample }) =>
      sample === null ? null : (
        <span title={`The mean of ${sample.windowSeconds} s`}>
          <RelativeTime at={sample.at} />
        </span>
      ),
  },
]

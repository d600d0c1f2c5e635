import { readinessChecks, type FindingView } from '@fairlead/contracts/checks'
import type { Column } from '@fairlead/ui/table-column'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { SeverityMark } from './severity-mark'

export const findingColumns: readonly Column<FindingView>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: 100,
    cell: ({ severity }) => <SeverityMark severity={severity} />,
  },
  {
    id: 'check',
    header: 'Check',
    width: 180,
    cell: ({ check }) => <span className="font-medium">{readinessChecks[check].title}</span>,
  },
  {
    id: 'workload',
    header: 'Workload',
    width: 240,
    cell: ({ namespace, name, kind }) => (
      <span title={`${kind} ${namespace}/${name}`}>
        <span className="text-muted">{namespace}/</span>
        {name} <span className="text-xs text-faint">{kind}</span>
      </span>
    ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    width: 150,
    cell: ({ cluster }) => <ClusterMark cluster={cluster} compact href={null} />,
  },
  {
    id: 'project',
    header: 'Project',
    width: 110,
    cell: ({ projects }) =>
      projects.length === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        <span title={projects.join(', ')}>
          {projects[0]}
          {projects.length > 1 ? <span className="text-faint"> +{projects.length - 1}</span> : null}
        </span>
      ),
  },
  {
    id: 'message',
    header: 'What was found',
    cell: ({ message, waiver }) => (
      <span className="text-muted" title={message}>
        {waiver === null ? message : `${waiver.reason} (${waiver.by})`}
      </span>
    ),
  },
  {
    id: 'since',
    header: 'Since',
    width: 100,
    cell: ({ since, waiver }) => <RelativeTime at={waiver === null ? since : waiver.createdAt} />,
  },
]

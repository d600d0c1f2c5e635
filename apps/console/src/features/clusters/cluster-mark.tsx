import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import { ClusterBadge, type ClusterIcon } from '@fairlead/ui/cluster-badge'

/** The eight identities a cluster can get at registration: none is a colour that means a state. */
const looks: readonly { color: string; icon: ClusterIcon }[] = [
  { color: '#4f7df0', icon: 'anchor' },
  { color: '#9b6bf2', icon: 'rocket' },
  { color: '#0ea5b7', icon: 'compass' },
  { color: '#e05299', icon: 'star' },
  { color: '#8a8f98', icon: 'boxes' },
  { color: '#b5793a', icon: 'globe' },
  { color: '#5b5bd6', icon: 'cloud' },
  { color: '#7a9a2e', icon: 'flask' },
]

type ClusterMarkProps = {
  cluster: ClusterIdentity
  /** `null` for no link; else the cluster's page. */
  href?: string | null | undefined
  compact?: boolean | undefined
  className?: string | undefined
}

/** The cluster's own name, colour and icon; with its environment unless `compact`. */
export function ClusterMark({ cluster, href, compact, className }: ClusterMarkProps) {
  const look = looks[cluster.colour % looks.length]
  return (
    <ClusterBadge
      name={cluster.name}
      color={look?.color}
      icon={look?.icon}
      environment={cluster.environment}
      href={href === null ? undefined : (href ?? clusterHref(cluster.name))}
      compact={compact}
      className={className}
    />
  )
}

export const clusterHref = (name: string): string => `/clusters/${encodeURIComponent(name)}`

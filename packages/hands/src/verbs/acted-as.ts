import type { KubeClient } from '@fairlead/kube/kube-client'

/** For the audit log: the name that stands in the cluster's own. */
export const actedAs = ({
  principal,
}: Pick<KubeClient, 'principal'>): { readonly actedInClusterAs: string } => ({
  actedInClusterAs: principal?.user ?? 'Fairlead',
})

import type { ClusterFacts } from './cluster-facts'
import type { PodFacts } from './pod-facts'
import type { ClaimFacts } from './storage-facts'

export const claimOf = (
  cluster: ClusterFacts,
  namespace: string,
  name: string | null,
): ClaimFacts | undefined => (name === null ? undefined : cluster.storage.claims.get(`${namespace}/${name}`))

/** Claims by the state in which the scheduler finds them. */
export interface PodClaims {
  readonly bound: readonly ClaimFacts[]
  /** Bound by the volume controller before the pod is scheduled. */
  readonly immediate: readonly ClaimFacts[]
  /** Bound once a node is chosen. */
  readonly waiting: readonly ClaimFacts[]
}

const waits = (claim: ClaimFacts, cluster: ClusterFacts): boolean =>
  claim.volumeName === '' && cluster.storage.classes.get(claim.className)?.waits === true

export function claimsOf(pod: PodFacts, cluster: ClusterFacts): PodClaims {
  const found = pod.volumes.flatMap(({ claim }) => claimOf(cluster, pod.namespace, claim) ?? [])
  const open = found.filter((claim) => !claim.bound)
  return {
    bound: found.filter((claim) => claim.bound),
    immediate: open.filter((claim) => !waits(claim, cluster)),
    waiting: open.filter((claim) => waits(claim, cluster)),
  }
}

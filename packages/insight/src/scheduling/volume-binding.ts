import type { ClusterFacts, NodeFacts } from './cluster-facts'
import { refusal, type Filter, type Prepared } from './filter'
import { selects } from '../label-selector'
import { termMatches } from './node-affinity'
import type { PodFacts } from './pod-facts'
import { amountWords } from './requests'
import type { ClaimFacts, VolumeFacts } from './storage-facts'
import { claimOf, claimsOf, type PodClaims } from './volume-claims'

const reaches = (volume: VolumeFacts, node: NodeFacts): boolean =>
  volume.nodeTerms === null || volume.nodeTerms.some((term) => termMatches(term, node))

const claimedBy = (volume: VolumeFacts, claim: ClaimFacts): boolean =>
  volume.claim !== null &&
  volume.claim.name === claim.name &&
  volume.claim.namespace === claim.namespace &&
  (volume.claim.uid === '' || volume.claim.uid === claim.uid)

const couldHold = (volume: VolumeFacts, claim: ClaimFacts): boolean =>
  (volume.claim === null || claimedBy(volume, claim)) &&
  volume.className === claim.className &&
  volume.size >= claim.size &&
  volume.volumeMode === claim.volumeMode &&
  volume.attributesClass === claim.attributesClass &&
  !volume.deleting

const suits = (volume: VolumeFacts, claim: ClaimFacts): boolean =>
  volume.available &&
  (claim.selector === null || selects(claim.selector, volume.labels)) &&
  claim.modes.every((mode) => volume.modes.includes(mode))

/** The smallest volume that would hold the claim on this node. Upstream: component-helpers FindMatchingVolume. */
function findVolume(
  claim: ClaimFacts,
  node: NodeFacts,
  among: readonly VolumeFacts[],
): VolumeFacts | undefined {
  const possible = among.filter((volume) => couldHold(volume, claim))
  const promised = possible.find((volume) => claimedBy(volume, claim))
  if (promised !== undefined) return reaches(promised, node) ? promised : undefined
  return possible
    .filter((volume) => suits(volume, claim) && reaches(volume, node))
    .toSorted((left, right) => left.size - right.size)[0]
}

type Verdict = 'ok' | 'no_volume' | 'no_room'

/** Whether the provisioner of its class would make the volume for this node. */
function provisions(claim: ClaimFacts, node: NodeFacts, { storage }: ClusterFacts): Verdict {
  const storageClass = storage.classes.get(claim.className)
  if (storageClass === undefined || storageClass.provisioner === '') return 'no_volume'
  if (storageClass.provisioner === 'kubernetes.io/no-provisioner') return 'no_volume'
  const { topologies, provisioner } = storageClass
  const here = topologies.some((pairs) =>
    pairs.every(({ key, values }) => values.includes(node.labels[key] ?? '')),
  )
  if (topologies.length > 0 && !here) return 'no_volume'
  if (claim.size === 0 || !storage.capacityDrivers.has(provisioner)) return 'ok'
  const room = storage.capacities.some(
    ({ className, largest, nodes }) =>
      className === claim.className &&
      largest !== null &&
      largest >= claim.size &&
      selects(nodes, node.labels),
  )
  return room ? 'ok' : 'no_room'
}

/** The first claim that stands in the way on this node; claims are matched from the smallest. */
function unmet(claims: readonly ClaimFacts[], node: NodeFacts, cluster: ClusterFacts) {
  const chosen = new Set<string>()
  const volumes = [...cluster.storage.volumes.values()]
  const toMake: ClaimFacts[] = []
  for (const claim of claims.toSorted((left, right) => left.size - right.size)) {
    if (claim.selectedNode !== null && claim.selectedNode !== node.name)
      return { claim, verdict: 'no_volume' as const }
    const open = volumes.filter(({ name }) => !chosen.has(name))
    const found = claim.selectedNode === null ? findVolume(claim, node, open) : undefined
    if (found === undefined) toMake.push(claim)
    else chosen.add(found.name)
  }
  for (const claim of toMake) {
    const verdict = provisions(claim, node, cluster)
    if (verdict !== 'ok') return { claim, verdict }
  }
  return null
}

function refuse(claims: PodClaims, node: NodeFacts, cluster: ClusterFacts) {
  const { volumes } = cluster.storage
  const far = claims.bound.find((claim) => {
    const volume = volumes.get(claim.volumeName)
    return volume !== undefined && !reaches(volume, node)
  })
  const gone = claims.bound.find((claim) => !volumes.has(claim.volumeName))
  const open = unmet(claims.waiting, node, cluster)
  const refused = (message: string, words: string) => refusal('VolumeBinding', node.name, { message, words })
  const size = (claim: ClaimFacts): string => amountWords('memory', claim.size)
  return [
    ...(far === undefined
      ? []
      : [
          refused(
            "node(s) didn't match PersistentVolume's node affinity",
            `the volume ${far.volumeName} of the claim ${far.name} is not reached from here`,
          ),
        ]),
    ...(open?.verdict === 'no_volume'
      ? [
          refused(
            "node(s) didn't find available persistent volumes to bind",
            `no free volume for the claim ${open.claim.name} (${size(open.claim)}, class ${open.claim.className || 'none'}) is reached from here, and none can be made here`,
          ),
        ]
      : []),
    ...(open?.verdict === 'no_room'
      ? [
          refused(
            'node(s) did not have enough free storage',
            `the driver publishes no ${size(open.claim)} for the claim ${open.claim.name} here`,
          ),
        ]
      : []),
    ...(gone === undefined
      ? []
      : [
          refused(
            'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
            `the volume ${gone.volumeName} of the claim ${gone.name} does not exist`,
          ),
        ]),
  ]
}

const blocked = (message: string, words: string): Prepared => ({
  blocked: refusal('VolumeBinding', null, { message, words }),
})

/** What is wrong with a claim before any node is looked at. */
function badClaim(pod: PodFacts, cluster: ClusterFacts): Prepared | null {
  for (const { claim: name, ephemeral } of pod.volumes) {
    if (name === null) continue
    const claim = claimOf(cluster, pod.namespace, name)
    if (claim === undefined)
      return blocked(
        `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`,
        `The PersistentVolumeClaim ${name} of its ephemeral volume does not exist yet.`,
      )
    if (claim.lost)
      return blocked(
        `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.volumeName}"`,
        `The claim ${name} is lost: its volume ${claim.volumeName} does not exist any more.`,
      )
    if (claim.deleting)
      return blocked(
        `persistentvolumeclaim "${name}" is being deleted`,
        `The claim ${name} is being deleted.`,
      )
    if (ephemeral && !claim.ownerUids.includes(pod.uid))
      return blocked(
        `PVC ${pod.namespace}/${name} was not created for pod ${pod.namespace}/${pod.name} (pod is not owner)`,
        `The claim ${name} belongs to somebody else, and its ephemeral volume needs that name.`,
      )
  }
  return null
}

function unboundWords(claims: readonly ClaimFacts[], cluster: ClusterFacts): string {
  const words = claims.map(({ name, className, volumeName }) => {
    if (volumeName !== '') return `${name} waits for the volume ${volumeName}`
    if (className === '') return `${name} has no storage class, and no volume was bound to it`
    return cluster.storage.classes.has(className)
      ? `${name} waits for a volume of class ${className}, which binds at once`
      : `${name} asks for the storage class ${className}, which does not exist`
  })
  return `Claims are not bound: ${words.join('; ')}.`
}

/** Upstream: pkg/scheduler/framework/plugins/volumebinding. */
export const volumeBindingFilter: Filter = {
  name: 'VolumeBinding',
  prepare(pod, cluster) {
    if (pod.volumes.every(({ claim }) => claim === null)) return null
    const bad = badClaim(pod, cluster)
    if (bad !== null) return bad
    const claims = claimsOf(pod, cluster)
    if (claims.immediate.length > 0)
      return blocked(
        'pod has unbound immediate PersistentVolumeClaims',
        unboundWords(claims.immediate, cluster),
      )
    return { refuse: ({ node }) => refuse(claims, node, cluster) }
  },
}

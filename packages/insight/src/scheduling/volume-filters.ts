import type { ClusterFacts } from './cluster-facts'
import { podWords, refusal, type Filter } from './filter'
import { recordIn, textIn, textListIn, type Loose } from '@fairlead/contracts/loose-json'
import type { PodFacts } from './pod-facts'
import { claimOf } from './volume-claims'

const readOnlyBoth = (left: Loose, right: Loose): boolean =>
  left['readOnly'] === true && right['readOnly'] === true

/** In-tree disks that one node, or one pod, attaches alone. */
const disks: Readonly<Record<string, (left: Loose, right: Loose) => boolean>> = {
  gcePersistentDisk: (left, right) =>
    textIn(left['pdName']) === textIn(right['pdName']) && !readOnlyBoth(left, right),
  awsElasticBlockStore: (left, right) => textIn(left['volumeID']) === textIn(right['volumeID']),
  iscsi: (left, right) => textIn(left['iqn']) === textIn(right['iqn']) && !readOnlyBoth(left, right),
  rbd: (left, right) =>
    textIn(left['pool']) === textIn(right['pool']) &&
    textIn(left['image']) === textIn(right['image']) &&
    textListIn(left['monitors']).some((monitor) => textListIn(right['monitors']).includes(monitor)) &&
    !readOnlyBoth(left, right),
}

/** Whether a volume is of a kind that one node attaches alone. */
export const isDisk = (source: Loose): boolean =>
  Object.keys(disks).some((kind) => source[kind] !== undefined)

const diskClash = (left: Loose, right: Loose): boolean =>
  Object.entries(disks).some(
    ([kind, clash]) =>
      left[kind] !== undefined &&
      right[kind] !== undefined &&
      clash(recordIn(left[kind]), recordIn(right[kind])),
  )

const usesClaim = (pod: PodFacts, names: ReadonlySet<string>): boolean =>
  pod.volumes.some(({ claim, ephemeral }) => !ephemeral && claim !== null && names.has(claim))

/** Pods anywhere that hold a claim which allows one pod only. */
function soleHolders(pod: PodFacts, cluster: ClusterFacts): readonly PodFacts[] {
  const names = new Set(
    pod.volumes.flatMap(({ claim, ephemeral }) => {
      const found = ephemeral ? undefined : claimOf(cluster, pod.namespace, claim)
      return found?.modes.includes('ReadWriteOncePod') === true ? [found.name] : []
    }),
  )
  if (names.size === 0) return []
  return cluster.nodes
    .flatMap(({ pods }) => pods)
    .filter((other) => other.namespace === pod.namespace && usesClaim(other, names))
}

export const volumeRestrictionsFilter: Filter = {
  name: 'VolumeRestrictions',
  prepare(pod, cluster) {
    const missing = pod.volumes.find(
      ({ claim, ephemeral }) =>
        !ephemeral && claim !== null && claimOf(cluster, pod.namespace, claim) === undefined,
    )
    if (missing !== undefined)
      return {
        blocked: refusal('VolumeRestrictions', null, {
          message: `persistentvolumeclaim "${missing.claim}" not found`,
          words: `It uses the PersistentVolumeClaim ${missing.claim}, which does not exist in ${pod.namespace}.`,
          details: { claim: missing.claim ?? '' },
        }),
      }
    const holders = soleHolders(pod, cluster)
    return {
      refuse({ node, pods }) {
        const rivals = pods.filter((other) =>
          pod.volumes.some((own) => other.volumes.some((theirs) => diskClash(own.source, theirs.source))),
        )
        if (rivals.length > 0)
          return [
            refusal('VolumeRestrictions', node.name, {
              message: 'node(s) had no available disk',
              words: `${podWords(rivals, cluster)} has the same disk attached here`,
              preemptible: true,
            }),
          ]
        if (holders.length === 0) return []
        return [
          refusal('VolumeRestrictions', node.name, {
            message:
              'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
            words: `${podWords(holders, cluster)} holds its ReadWriteOncePod claim`,
            preemptible: true,
          }),
        ]
      },
    }
  },
}

/** `driver volume` for each volume of a pod that a CSI driver attaches. */
function attachable(pod: PodFacts, cluster: ClusterFacts): ReadonlyMap<string, string> {
  const { volumes, classes } = cluster.storage
  return new Map(
    pod.volumes.flatMap(({ claim }) => {
      const found = claimOf(cluster, pod.namespace, claim)
      if (found === undefined) return []
      const volume = volumes.get(found.volumeName)
      if (volume !== undefined)
        return volume.csi === null
          ? []
          : [[`${volume.csi.driver} ${volume.csi.handle}`, volume.csi.driver] as const]
      const provisioner = classes.get(found.className)?.provisioner
      return provisioner === undefined
        ? []
        : [[`${provisioner} unmade ${found.namespace}/${found.name}`, provisioner] as const]
    }),
  )
}

function attachedTo(
  node: string,
  pods: readonly PodFacts[],
  cluster: ClusterFacts,
): ReadonlyMap<string, string> {
  const attached = new Map(pods.flatMap((other) => [...attachable(other, cluster)]))
  for (const { node: where, driver, volume } of cluster.storage.attachments)
    if (where === node)
      attached.set(`${driver} ${cluster.storage.volumes.get(volume)?.csi?.handle ?? volume}`, driver)
  return attached
}

const countOf = (drivers: Iterable<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const driver of drivers) counts.set(driver, (counts.get(driver) ?? 0) + 1)
  return counts
}

export const volumeLimitsFilter: Filter = {
  name: 'NodeVolumeLimits',
  prepare(pod, cluster) {
    const wanted = attachable(pod, cluster)
    if (wanted.size === 0) return null
    return {
      refuse({ node, pods }) {
        const limits = cluster.storage.limits.get(node.name) ?? new Map<string, number>()
        if (limits.size === 0) return []
        const attached = attachedTo(node.name, pods, cluster)
        const present = countOf(attached.values())
        const fresh = countOf(
          [...wanted].filter(([volume]) => !attached.has(volume)).map(([, driver]) => driver),
        )
        for (const [driver, more] of fresh) {
          const most = limits.get(driver)
          const now = present.get(driver) ?? 0
          if (most === undefined || now + more <= most) continue
          return [
            refusal('NodeVolumeLimits', node.name, {
              message: 'node(s) exceed max volume count',
              words: `${now} volumes of ${driver} are attached, ${more} more would pass the limit of ${most}`,
              details: { driver, attached: now, more, most },
              preemptible: true,
            }),
          ]
        }
        return []
      },
    }
  },
}

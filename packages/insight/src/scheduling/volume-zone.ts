import type { ClusterFacts } from './cluster-facts'
import { refusal, type Filter } from './filter'
import type { PodFacts } from './pod-facts'
import { claimOf } from './volume-claims'

const renamed: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
}
const zoneLabels = [...Object.keys(renamed), ...Object.values(renamed)]

interface Place {
  readonly volume: string
  readonly key: string
  /** A volume that spans zones lists them, joined by `__`. */
  readonly values: readonly string[]
}

function placesOf(pod: PodFacts, cluster: ClusterFacts): readonly Place[] {
  return pod.volumes.flatMap(({ claim, ephemeral }) => {
    const name = ephemeral ? undefined : claimOf(cluster, pod.namespace, claim)?.volumeName
    const volume = name === undefined ? undefined : cluster.storage.volumes.get(name)
    if (volume === undefined) return []
    return zoneLabels.flatMap((key) => {
      const value = volume.labels[key]
      return value === undefined ? [] : [{ volume: volume.name, key, values: value.split('__') }]
    })
  })
}

function missingVolume(pod: PodFacts, cluster: ClusterFacts): string | undefined {
  return pod.volumes
    .map(({ claim, ephemeral }) =>
      ephemeral ? '' : (claimOf(cluster, pod.namespace, claim)?.volumeName ?? ''),
    )
    .find((name) => name !== '' && !cluster.storage.volumes.has(name))
}

/** Upstream: pkg/scheduler/framework/plugins/volumezone. */
export const volumeZoneFilter: Filter = {
  name: 'VolumeZone',
  prepare(pod, cluster) {
    const gone = missingVolume(pod, cluster)
    if (gone !== undefined)
      return {
        blocked: refusal('VolumeZone', null, {
          message: `persistentvolume "${gone}" not found`,
          words: `A claim of it is bound to the volume ${gone}, which does not exist.`,
        }),
      }
    const places = placesOf(pod, cluster)
    if (places.length === 0) return null
    return {
      refuse({ node }) {
        if (zoneLabels.every((key) => node.labels[key] === undefined)) return []
        const away = places.find(({ key, values }) => {
          const own = node.labels[key] ?? node.labels[renamed[key] ?? key]
          return own === undefined || !values.includes(own)
        })
        if (away === undefined) return []
        return [
          refusal('VolumeZone', node.name, {
            message: 'node(s) had no available volume zone',
            words: `the volume ${away.volume} is in ${away.key}=${away.values.join(' or ')}, the node in ${node.labels[away.key] ?? node.labels[renamed[away.key] ?? away.key] ?? 'none'}`,
          }),
        ]
      },
    }
  },
}

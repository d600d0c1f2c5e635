import type { KubeObject } from '@fairlead/kube/kube-object'
import { recordIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

const shortModes = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const

const modeWords = (modes: unknown): string =>
  shortModes
    .flatMap(([mode, short]) => (Array.isArray(modes) && modes.includes(mode) ? [short] : []))
    .join(',')

const capacityIn = (value: unknown): string => textIn(recordIn(value)['storage']) || '0'

/** The annotation is older than the field, and wins. */
const classOf = (object: KubeObject, spec: Loose): string =>
  object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? textIn(spec['storageClassName'])

const phaseOf = (object: KubeObject, status: Loose): string =>
  object.metadata.deletionTimestamp === undefined ? textIn(status['phase']) : 'Terminating'

const attributesClass = (spec: Loose): string =>
  typeof spec['volumeAttributesClassName'] === 'string' ? spec['volumeAttributesClassName'] : '<unset>'

/** Upstream: kubernetes/pkg/printers/internalversion printPersistentVolumeClaim. */
export function summarizeClaim(claim: KubeObject): KindSummary {
  const spec = recordIn(claim['spec'])
  const status = recordIn(claim['status'])
  const volume = textIn(spec['volumeName'])
  const phase = phaseOf(claim, status)
  return {
    cells: {
      Status: phase,
      Volume: volume,
      Capacity: volume === '' ? '' : capacityIn(status['capacity']),
      'Access Modes': volume === '' ? '' : modeWords(status['accessModes']),
      StorageClass: classOf(claim, spec),
      VolumeAttributesClass: attributesClass(spec),
    },
    state: phase.toLowerCase(),
    summary: { requested: capacityIn(recordIn(spec['resources'])['requests']) },
  }
}

/** Upstream: printPersistentVolume. */
export function summarizeVolume(volume: KubeObject): KindSummary {
  const spec = recordIn(volume['spec'])
  const status = recordIn(volume['status'])
  const claim = recordIn(spec['claimRef'])
  const phase = phaseOf(volume, status)
  return {
    cells: {
      Capacity: capacityIn(spec['capacity']),
      'Access Modes': modeWords(spec['accessModes']),
      'Reclaim Policy': textIn(spec['persistentVolumeReclaimPolicy']),
      Status: phase,
      Claim: spec['claimRef'] == null ? '' : `${textIn(claim['namespace'])}/${textIn(claim['name'])}`,
      StorageClass: classOf(volume, spec),
      VolumeAttributesClass: attributesClass(spec),
      Reason: textIn(status['reason']),
    },
    state: phase.toLowerCase(),
    summary: {},
  }
}

/** Upstream: printStorageClass. */
export function summarizeStorageClass(object: KubeObject): KindSummary {
  return {
    cells: {
      Provisioner: textIn(object['provisioner']),
      ReclaimPolicy: textIn(object['reclaimPolicy']) || 'Delete',
      VolumeBindingMode: textIn(object['volumeBindingMode']) || 'Immediate',
      AllowVolumeExpansion: String(object['allowVolumeExpansion'] === true),
    },
    summary: {
      default: object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    },
  }
}

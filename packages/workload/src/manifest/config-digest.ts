import { recordIn } from '@fairlead/contracts/loose-json'
import { configAnnotations } from '@fairlead/contracts/labels'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { configReferences, type ConfigReference } from './config-references'
import { hashOf } from './digest'
import { valueAt } from './pod-template'

/** Kinds whose pods follow their template; a Job's can't change, and a CronJob's next run reads what is there by then. */
const rolling = new Set(['apps/v1 Deployment', 'apps/v1 StatefulSet', 'apps/v1 DaemonSet'])

/**
 * Kubernetes restarts nothing when a ConfigMap or Secret changes. So every pod template carries a digest of what it reads
 * of this release's: a changed value rolls whoever reads it and nobody else, and going back to an earlier release rolls
 * them back. Secrets must be redacted by now: of a value only its keyed fingerprint goes in.
 */
export function withConfigDigests(redacted: readonly KubeManifest[]): KubeManifest[] {
  return redacted.map((object) =>
    rolling.has(`${object.apiVersion} ${object.kind}`) ? stamped(object, redacted) : object,
  )
}

function stamped(object: KubeManifest, release: readonly KubeManifest[]): KubeManifest {
  const spec = recordIn(object['spec'])
  const template = recordIn(spec['template'])
  const metadata = recordIn(template['metadata'])
  const digest =
    object.metadata.annotations?.[configAnnotations.roll] === 'false'
      ? null
      : digestOf(configReferences(template['spec']), release)
  const { [configAnnotations.digest]: old, ...annotations } = recordIn(metadata['annotations'])
  if (digest === null && old === undefined) return object
  const all = digest === null ? annotations : { ...annotations, [configAnnotations.digest]: digest }
  return {
    ...object,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations: all } } },
  }
}

/** null when it reads nothing that the release brings. */
function digestOf(references: readonly ConfigReference[], release: readonly KubeManifest[]): string | null {
  const read = references.flatMap(({ kind, name, keys }) => {
    const found = release.find(
      (object) => object.apiVersion === 'v1' && object.kind === kind && object.metadata.name === name,
    )
    if (found === undefined) return []
    return contentOf(found, keys).map(([key, value]) => hashOf([kind, name, key, value]))
  })
  return read.length === 0 ? null : hashOf([...new Set(read)].sort()).slice(0, 16)
}

/** A key that is not there is content, too: it may be optional, and come later. */
function contentOf(object: KubeManifest, keys: readonly string[] | null): (readonly [string, unknown])[] {
  const all = { ...recordIn(object['data']), ...recordIn(object['binaryData']) }
  return keys === null
    ? [['', null], ...Object.entries(all)]
    : keys.map((key) => [key, Object.hasOwn(all, key) ? all[key] : null])
}

/** What a pod template says that it reads; undefined when it reads nothing of its release. */
export const configDigestOf = (object: KubeManifest | null): unknown =>
  valueAt(object, ['spec', 'template', 'metadata', 'annotations', configAnnotations.digest])

import { FairleadError } from '@fairlead/contracts/errors'
import { maxManifestBytes } from '@fairlead/contracts/rollout'
import type { KubeManifest } from './kube-object'
import { readManifest } from './manifest-object'
import { rawObject, type RawObject } from './manifest-raw'
import { parseYaml, type YamlDocument } from './safe-yaml'

export const maxManifestObjects = 500
/** Uses of YAML anchors per document. */
const maxAliases = 200

/** A List stands for its items; a list inside a list is refused. */
function flatten(document: YamlDocument, fileName: string | undefined): readonly RawObject[] {
  const whole = rawObject(document, fileName, [], document.value)
  const { kind, items } = whole.value
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [whole]
  return items.map((item: unknown, index) => {
    const object = rawObject(document, fileName, ['items', index], item)
    if (
      typeof object.value['kind'] === 'string' &&
      object.value['kind'].endsWith('List') &&
      'items' in object.value
    )
      throw object.fail(['kind'], 'a List inside a List is not allowed', { found: object.value['kind'] })
    return object
  })
}

/** The API version is not part of it: apps/v1 and apps/v1beta1 name the same object. */
const identityOf = ({ apiVersion, kind, metadata }: KubeManifest): string =>
  [apiVersion.split('/').slice(0, -1).join(''), kind, metadata.namespace ?? '', metadata.name].join('/')

/** Multi-document YAML or JSON → named objects without status; a FairleadError `invalid`/`too_large` says where. */
export function loadManifests(
  text: string,
  options: { readonly fileName?: string | undefined } = {},
): readonly KubeManifest[] {
  const { fileName } = options
  const file = fileName === undefined ? {} : { file: fileName }
  const documents = parseYaml(text, { fileName, maxBytes: maxManifestBytes, maxAliases })
  const raw = documents
    .filter(({ value }) => value !== null)
    .flatMap((document) => flatten(document, fileName))
  if (raw.length === 0)
    throw new FairleadError('invalid', 'There is no Kubernetes object in this text', {
      ...file,
      expected: 'at least one object',
    })
  if (raw.length > maxManifestObjects)
    throw new FairleadError('too_large', `There are more than ${maxManifestObjects} objects`, {
      ...file,
      found: `${raw.length} objects`,
      expected: `at most ${maxManifestObjects}`,
      remedy: 'Split them into several applications.',
    })
  const seen = new Set<string>()
  return raw.map((object) => {
    const manifest = readManifest(object)
    const identity = identityOf(manifest)
    if (seen.has(identity))
      throw object.fail(['metadata', 'name'], `${manifest.kind} "${manifest.metadata.name}" is given twice`, {
        found: manifest.metadata.name,
        expected: 'each object once',
      })
    seen.add(identity)
    return manifest
  })
}

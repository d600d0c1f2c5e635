import type { KubeManifest } from './kube-object'
import { isRecord, type RawObject } from './manifest-raw'
import type { YamlPath } from './safe-yaml'

const label = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  max: 63,
  words: 'lower-case letters, digits and dashes, at most 63',
}
const subdomain = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  max: 253,
  words: 'lower-case letters, digits, dashes and dots, at most 253',
}
const segment = {
  pattern: /^(?!\.{1,2}$)[^/%\s]+$/,
  max: 253,
  words: 'no slash, percent sign or blank, at most 253 characters',
}
type NameRule = typeof label

/** RBAC names are any path segment (`system:node`); Services and Namespaces are DNS labels; most are DNS subdomains. */
const nameRules: Readonly<Record<string, NameRule>> = {
  Namespace: label,
  Service: label,
  Role: segment,
  RoleBinding: segment,
  ClusterRole: segment,
  ClusterRoleBinding: segment,
}

/** Written by the API server: an apply that carries them is refused or means something else. */
const serverFields = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'selfLink',
]

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 100)

function textAt(object: RawObject, key: 'apiVersion' | 'kind', pattern: RegExp, expected: string): string {
  const value = object.value[key]
  if (value === undefined || value === null || value === '')
    throw object.fail([key], `${key} is missing`, { found: 'nothing', expected })
  if (typeof value !== 'string' || !pattern.test(value) || value.length > 300)
    throw object.fail([key], `${key} is not valid`, { found: shown(value), expected })
  return value
}

function nameAt(object: RawObject, path: YamlPath, value: unknown, rule: NameRule): string {
  const key = path.join('.')
  if (value === undefined || value === null || value === '')
    throw object.fail(path, `${key} is missing`, { found: 'nothing', expected: rule.words })
  if (typeof value !== 'string')
    throw object.fail(path, `${key} is not a text`, {
      found: shown(value),
      expected: rule.words,
      remedy: 'Quote it.',
    })
  if (value.length > rule.max || !rule.pattern.test(value))
    throw object.fail(path, `${key} is not a valid name`, { found: shown(value), expected: rule.words })
  return value
}

/** Labels and annotations are texts; `"true"` without quotes is the usual mistake. */
function textsAt(
  object: RawObject,
  key: 'labels' | 'annotations',
  value: unknown,
): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined
  const path = ['metadata', key]
  if (!isRecord(value)) throw object.fail(path, `metadata.${key} is not a mapping`, { found: shown(value) })
  for (const [name, entry] of Object.entries(value))
    if (typeof entry !== 'string')
      throw object.fail([...path, name], `metadata.${key} holds a value that is not a text`, {
        found: shown(entry),
        expected: 'a text',
        remedy: `Quote it: ${name}: "${String(entry)}"`,
      })
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]))
}

function readMetadata(object: RawObject, kind: string): KubeManifest['metadata'] {
  const metadata = object.value['metadata']
  if (metadata === undefined || metadata === null)
    throw object.fail(['metadata'], 'metadata is missing', {
      found: 'nothing',
      expected: 'metadata with a name',
    })
  if (!isRecord(metadata))
    throw object.fail(['metadata'], 'metadata is not a mapping', {
      found: shown(metadata),
      expected: 'metadata with a name',
    })
  if (metadata['generateName'] !== undefined)
    throw object.fail(
      ['metadata', 'generateName'],
      'generateName is refused: applying twice would create two objects',
      {
        found: shown(metadata['generateName']),
        expected: 'metadata.name',
        remedy: 'Give the object a name.',
      },
    )
  const { name, namespace, labels, annotations, ...others } = metadata
  const labelTexts = textsAt(object, 'labels', labels)
  const annotationTexts = textsAt(object, 'annotations', annotations)
  const kept = Object.entries(others).filter(([key]) => !serverFields.includes(key))
  return {
    ...Object.fromEntries(kept),
    name: nameAt(object, ['metadata', 'name'], name, nameRules[kind] ?? subdomain),
    ...(namespace === undefined || namespace === null
      ? {}
      : { namespace: nameAt(object, ['metadata', 'namespace'], namespace, label) }),
    ...(labelTexts === undefined ? {} : { labels: labelTexts }),
    ...(annotationTexts === undefined ? {} : { annotations: annotationTexts }),
  }
}

/** One object that a person wrote: type and name checked, what only the API server writes left out. */
export function readManifest(object: RawObject): KubeManifest {
  const apiVersion = textAt(
    object,
    'apiVersion',
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?v[0-9]+((alpha|beta)[0-9]+)?$/,
    'a group and version, e.g. apps/v1',
  )
  const kind = textAt(object, 'kind', /^[A-Z][A-Za-z0-9]*$/, 'a kind, e.g. Deployment')
  const { status: _, metadata: __, ...rest } = object.value
  return { ...rest, apiVersion, kind, metadata: readMetadata(object, kind) }
}

import { parseAllDocuments, stringify } from 'yaml'

/** One object of a release's manifests, with its keys in one order so that two releases compare. */
export type ManifestObject = { key: string; kind: string; name: string; text: string; value: unknown }

/** Multi-document YAML → its objects; what can't be read is left out (the server has read it before). */
export function objectsOf(yaml: string): ManifestObject[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    if (document.errors.length > 0) return []
    const value: unknown = document.toJS()
    if (!isObject(value) || typeof value['kind'] !== 'string') return []
    const metadata = isObject(value['metadata']) ? value['metadata'] : {}
    const name = String(metadata['name'] ?? '')
    const namespace = metadata['namespace'] === undefined ? '' : `${String(metadata['namespace'])}/`
    return [
      {
        key: `${value['kind']} ${namespace}${name}`,
        kind: value['kind'],
        name,
        text: stringify(value, { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false }),
        value,
      },
    ]
  })
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

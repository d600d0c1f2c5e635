import { maxKubeconfigBytes } from '@fairlead/contracts/cluster-access'
import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'
import { parseYaml, pathText, type YamlDocument, type YamlPath } from './safe-yaml'

type Section = Readonly<Record<string, unknown>>

/** A place in the file: what its readers need to report exactly. */
export interface Place {
  readonly value: Section
  readonly path: YamlPath
  refuse(key: string | null, message: string, detail?: ErrorDetail): FairleadError
}

export interface KubeconfigFile {
  readonly root: Section
  readonly document: YamlDocument
  readonly fileName: string | undefined
}

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function errorAt(
  file: Omit<KubeconfigFile, 'root'>,
  path: YamlPath,
  message: string,
  detail: ErrorDetail = {},
): FairleadError {
  const name = file.fileName === undefined ? {} : { file: file.fileName }
  const where = path.length === 0 ? {} : { path: pathText(path) }
  return new FairleadError('invalid', message, {
    ...name,
    line: file.document.lineOf(path),
    ...where,
    ...detail,
  })
}

export function openFile(text: string, fileName: string | undefined): KubeconfigFile {
  const documents = parseYaml(text, { fileName, maxBytes: maxKubeconfigBytes, maxAliases: 0 })
  const filled = documents.filter(({ value }) => value !== null)
  const [document] = filled
  const name = fileName === undefined ? {} : { file: fileName }
  const expected = 'one kubeconfig with clusters, users and contexts'
  if (document === undefined)
    throw new FairleadError('invalid', 'The kubeconfig is empty', { ...name, expected })
  if (filled.length > 1)
    throw new FairleadError('invalid', 'A kubeconfig is a single document', {
      ...name,
      found: `${filled.length} documents`,
      expected,
    })
  const root = document.value
  if (!isSection(root))
    throw errorAt({ document, fileName }, [], 'This is not a kubeconfig: not a mapping', { expected })
  if ((root['kind'] ?? 'Config') !== 'Config' || (root['apiVersion'] ?? 'v1') !== 'v1')
    throw errorAt({ document, fileName }, ['kind'], 'This is not a kubeconfig: another kind of document', {
      expected: 'apiVersion v1, kind Config',
    })
  return { root, document, fileName }
}

/** Entries of `clusters`, `users` or `contexts`: their names, and the mapping under `inner`. */
export function entriesOf(file: KubeconfigFile, list: string, inner: string): ReadonlyMap<string, Place> {
  const values = file.root[list]
  if (values === undefined || values === null) return new Map()
  if (!Array.isArray(values))
    throw errorAt(file, [list], `"${list}" is not a list`, { expected: `a list of ${list}` })
  const entries = new Map<string, Place>()
  values.forEach((entry: unknown, index) => {
    const path = [list, index]
    const name = isSection(entry) ? entry['name'] : undefined
    if (!isSection(entry) || typeof name !== 'string' || name === '' || name.length > 500)
      throw errorAt(file, path, `An entry of "${list}" has no name`, { expected: `name: … and ${inner}: …` })
    if (entries.has(name)) throw errorAt(file, path, `"${list}" names an entry twice`, { found: name })
    const value = entry[inner] ?? {}
    if (!isSection(value)) throw errorAt(file, [...path, inner], `"${inner}" is not a mapping`)
    const at = [...path, inner]
    const refuse: Place['refuse'] = (key, message, detail) =>
      errorAt(file, key === null ? at : [...at, key], message, detail)
    entries.set(name, { value, path: at, refuse })
  })
  return entries
}

/** The text at `key`, or undefined when it is absent or empty. */
export function textAt(place: Place, key: string): string | undefined {
  const value = place.value[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string')
    throw place.refuse(key, `${key} is not a text`, { found: typeof value, expected: 'a text' })
  return value
}

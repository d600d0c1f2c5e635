import { posix } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import { parseDocument } from 'yaml'

type Tree = ReadonlyMap<string, Buffer>

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
/** Fields whose entries name files or folders; a text of several lines is the thing itself. */
const folderFields = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators']
const fileFields = ['crds', 'configurations', 'patchesStrategicMerge']
const pathFields = ['patches', 'patchesJson6902', 'replacements']
const maxFolders = 500

/**
 * Kustomize would fetch an entry that isn't there from the network, and has no switch against it: so every entry has
 * to be a file or a folder of the commit before it is started.
 */
export function assertLocal(tree: Tree, folder: string): void {
  const folders = foldersOf(tree)
  const open = [folder]
  const seen = new Set(open)
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const { file, document } = kustomizationIn(tree, at)
    for (const entry of entriesOf(document)) {
      const path = posix.normalize(posix.join(at, entry)).replace(/(.)\/+$/, '$1')
      const isFolder = folders.has(path)
      if (!tree.has(path) && !isFolder) throw notThere(file, entry)
      if (!isFolder || seen.has(path)) continue
      seen.add(path)
      open.push(path)
    }
    if (seen.size > maxFolders)
      throw new FairleadError('too_large', `More than ${maxFolders} folders are needed for "${folder}".`, {
        expected: `at most ${maxFolders}`,
      })
  }
}

const notThere = (file: string, entry: string): FairleadError =>
  new FairleadError('invalid', `${file} names ${JSON.stringify(entry)}, which is not in the repository.`, {
    file,
    found: entry,
    expected: 'a file or a folder of the same commit',
    remedy: 'Bases on other servers are not fetched: keep a copy in the repository.',
  })

function foldersOf(tree: Tree): ReadonlySet<string> {
  const folders = new Set(['.'])
  for (const path of tree.keys())
    for (let at = posix.dirname(path); !folders.has(at); at = posix.dirname(at)) folders.add(at)
  return folders
}

function kustomizationIn(
  tree: Tree,
  folder: string,
): { file: string; document: Readonly<Record<string, unknown>> } {
  const file = fileNames.map((name) => posix.join(folder, name)).find((path) => tree.has(path))
  if (file === undefined)
    throw new FairleadError('not_found', `There is no kustomization.yaml in "${folder}" of that commit.`, {
      found: folder,
      expected: fileNames.join(' or '),
      remedy: 'Correct spec.source.kustomize.path. The last release stays as it is.',
    })
  const document = parseDocument(tree.get(file)?.toString('utf8') ?? '', { uniqueKeys: true })
  const [problem] = document.errors
  if (problem !== undefined)
    throw new FairleadError('invalid', `${file}: ${problem.message.split('\n')[0] ?? 'not valid YAML'}`, {
      file,
      line: problem.linePos?.[0].line ?? 1,
      expected: 'valid YAML',
    })
  const value: unknown = document.toJS({ maxAliasCount: 50 })
  return { file, document: typeof value === 'object' && value !== null ? { ...value } : {} }
}

function entriesOf(document: Readonly<Record<string, unknown>>): readonly string[] {
  const listed = [...folderFields, ...fileFields].flatMap((field) => listOf(document[field]))
  const paths = pathFields.flatMap((field) => listOf(document[field]).map((entry) => pathOf(entry)))
  const generated = ['configMapGenerator', 'secretGenerator'].flatMap((field) =>
    listOf(document[field]).flatMap(filesOf),
  )
  return [...listed, ...paths, pathOf(document['openapi']), ...generated].filter(
    (entry): entry is string => typeof entry === 'string' && !entry.includes('\n'),
  )
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const pathOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'path' in value ? value.path : undefined

/** `name=file` and `file`. */
function filesOf(generator: unknown): readonly unknown[] {
  if (typeof generator !== 'object' || generator === null) return []
  const { files, env, envs } = generator as Readonly<Record<string, unknown>>
  const named = listOf(files).map((entry) =>
    typeof entry === 'string' ? entry.replace(/^[^=]*=/, '') : entry,
  )
  return [...named, env, ...listOf(envs)]
}

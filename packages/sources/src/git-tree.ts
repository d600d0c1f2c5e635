import { posix } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import { git } from './git-command'
import { readLimits } from './git-repository'

export interface TreeEntry {
  readonly mode: string
  readonly kind: string
  readonly id: string
  readonly bytes: number
  readonly path: string
}

export const maxTreeFiles = 20_000
export const maxTreeBytes = 64 * 1024 * 1024

/** What `git ls-tree -r -z --long` wrote. Names that a checkout would refuse are refused here, since nothing is checked out. */
export function parseTree(listing: string): readonly TreeEntry[] {
  const entries = listing.split('\0').flatMap((line): TreeEntry[] => {
    const [, mode = '', kind = '', id = '', bytes = '0', path = ''] =
      /^(\d{6}) (\w+) ([0-9a-f]{40}) +(\d+|-)\t(.+)$/s.exec(line) ?? []
    return path === '' ? [] : [{ mode, kind, id, bytes: bytes === '-' ? 0 : Number(bytes), path }]
  })
  const bad = entries.find(({ path }) => !isPlain(path))
  if (bad !== undefined)
    throw new FairleadError(
      'invalid',
      `The repository holds a path that leads out of it: ${JSON.stringify(bad.path)}.`,
      {
        found: bad.path,
        expected: 'paths below its root',
      },
    )
  return entries
}

const isPlain = (path: string): boolean =>
  !/[\0\\]/.test(path) &&
  path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git')

const isLink = ({ mode }: TreeEntry): boolean => mode === '120000'

/** Where the links among `chosen` lead: to a plain file of the same tree. One of `strict` that does not is refused, others are left out. */
export function followLinks(
  tree: readonly TreeEntry[],
  chosen: readonly TreeEntry[],
  {
    targetOf,
    strict,
  }: { readonly targetOf: (link: TreeEntry) => string; readonly strict: (path: string) => boolean },
): ReadonlyMap<string, TreeEntry> {
  const files = new Map(tree.filter((entry) => !isLink(entry)).map((entry) => [entry.path, entry]))
  const followed = new Map(chosen.filter((entry) => !isLink(entry)).map((entry) => [entry.path, entry]))
  for (const link of chosen.filter(isLink)) {
    const target = targetOf(link)
    const file = target.startsWith('/')
      ? undefined
      : files.get(posix.normalize(posix.join(posix.dirname(link.path), target)))
    if (file !== undefined) followed.set(link.path, file)
    else if (strict(link.path))
      throw new FairleadError('invalid', `${link.path} is a symbolic link to ${JSON.stringify(target)}.`, {
        file: link.path,
        found: target,
        expected: 'a link to a plain file of the same repository',
        remedy: 'Put the file itself there.',
      })
  }
  return followed
}

interface Wanted {
  /** Which files are read. */
  readonly wanted: (path: string) => boolean
  /** Where a link that leads nowhere is an error. */
  readonly strict: (path: string) => boolean
}

/** Files of a commit by their path, with nothing of it checked out. */
export async function readTree(
  folder: string,
  commit: string,
  { wanted, strict }: Wanted,
): Promise<ReadonlyMap<string, Buffer>> {
  const { stdout } = await git({ cwd: folder }, ['ls-tree', '-r', '-z', '--long', '--full-tree', commit], {
    limits: readLimits,
  })
  const tree = parseTree(stdout.toString('utf8')).filter(({ kind }) => kind === 'blob')
  const chosen = tree.filter(({ path }) => wanted(path))
  assertSize(chosen)
  const targets = await readBlobs(folder, chosen.filter(isLink))
  const followed = followLinks(tree, chosen, {
    targetOf: ({ id }) => targets.get(id)?.toString('utf8') ?? '',
    strict,
  })
  assertSize([...followed.values()])
  const contents = await readBlobs(folder, [...followed.values()])
  return new Map([...followed].map(([path, { id }]) => [path, contents.get(id) ?? Buffer.alloc(0)]))
}

export const isBelow = (path: string, folder: string): boolean =>
  folder === '.' || path.startsWith(`${folder}/`)

/** `deploy/` and `./deploy` → `deploy`; the root is `.`. */
export const plainFolder = (path: string): string => posix.normalize(path).replace(/(.)\/+$/, '$1')

function assertSize(entries: readonly TreeEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  if (entries.length <= maxTreeFiles && bytes <= maxTreeBytes) return
  throw new FairleadError('too_large', 'There is more in the repository than one application can need.', {
    found: `${entries.length} files, ${Math.round(bytes / 1024 / 1024)} MiB`,
    expected: `at most ${maxTreeFiles} files and ${maxTreeBytes / 1024 / 1024} MiB`,
    remedy: 'Keep manifests in a repository of their own, or name a smaller path.',
  })
}

async function readBlobs(
  folder: string,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, Buffer>> {
  const ids = [...new Set(entries.map(({ id }) => id))]
  if (ids.length === 0) return new Map()
  const { stdout } = await git({ cwd: folder }, ['cat-file', '--batch'], {
    limits: readLimits,
    input: `${ids.join('\n')}\n`,
  })
  const found = new Map<string, Buffer>()
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf(10, at)
    const [id = '', , size = '0'] = stdout.toString('latin1', at, end).split(' ')
    found.set(id, stdout.subarray(end + 1, end + 1 + Number(size)))
    at = end + 2 + Number(size)
  }
  return found
}

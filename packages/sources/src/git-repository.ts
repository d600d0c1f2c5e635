import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { Dialable } from './address'
import { git } from './git-command'
import type { Limits } from './run-limited'

export interface GitAsk {
  readonly dialable: Dialable
  readonly login: SourceLogin | null
  /** Empty, and of this look alone. */
  readonly folder: string
}

const mebi = 1024 * 1024
const askLimits: Limits = { timeoutMs: 30_000, maxOutputBytes: mebi, maxMemoryBytes: 256 * mebi }
export const readLimits: Limits = { timeoutMs: 30_000, maxOutputBytes: 80 * mebi, maxMemoryBytes: 512 * mebi }
/** Of one commit as it is packed. */
export const maxRepositoryBytes = 256 * mebi

const commitPattern = /^[0-9a-f]{40}$/

/** The commit that a branch or a tag names now. Nothing is fetched. */
export async function resolveRef({ dialable, login, folder }: GitAsk, ref: string): Promise<string> {
  if (commitPattern.test(ref)) return ref
  const names = [`refs/heads/${ref}`, `refs/tags/${ref}^{}`, `refs/tags/${ref}`]
  const place = { cwd: folder, dialable, login }
  const { stdout } = await git(place, ['ls-remote', '--quiet', '--', dialable.url.href, ...names], {
    limits: askLimits,
  })
  const found = new Map(
    stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t').reverse() as [string, string]),
  )
  const commit = names.map((name) => found.get(name)).find((each) => each !== undefined)
  if (commit !== undefined && commitPattern.test(commit)) return commit
  throw new FairleadError('not_found', `${dialable.url.href} has no branch or tag "${ref}".`, {
    found: ref,
    expected: 'the name of a branch or a tag, or the 40 digits of a commit',
    remedy: 'Correct spec.source in the document, or push the branch again. The last release stays as it is.',
  })
}

/** One commit, without its history, into the folder: no checkout, so that nothing in the repository can run. */
export async function fetchCommit(
  { dialable, login, folder }: GitAsk,
  commit: string,
  maxBytes = maxRepositoryBytes,
): Promise<void> {
  await git({ cwd: folder }, ['init', '--quiet', '--bare', '--template='], { limits: askLimits })
  const args = [
    'fetch',
    '--quiet',
    '--depth=1',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-auto-maintenance',
  ]
  await git({ cwd: folder, dialable, login }, [...args, '--', dialable.url.href, commit], {
    limits: {
      timeoutMs: 120_000,
      maxOutputBytes: mebi,
      maxMemoryBytes: 512 * mebi,
      folder: { path: folder, maxBytes },
    },
  })
}

export interface CommitFacts {
  readonly subject: string
  readonly author: string
  readonly committedAt: string | null
}

export async function commitFacts(folder: string, commit: string): Promise<CommitFacts> {
  const { stdout } = await git({ cwd: folder }, ['cat-file', 'commit', commit], { limits: askLimits })
  const text = stdout.toString('utf8')
  const [head = '', ...message] = text.split('\n\n')
  const [, author = 'unknown'] = /^author (.*?) ?<[^>]*> \d+ [-+]\d{4}$/m.exec(head) ?? []
  const [, seconds] = /^committer .*> (\d{1,12}) [-+]\d{4}$/m.exec(head) ?? []
  return {
    subject: (message.join('\n\n').trim().split('\n')[0] ?? '').slice(0, 200),
    author: author.slice(0, 100),
    committedAt: seconds === undefined ? null : new Date(Number(seconds) * 1_000).toISOString(),
  }
}

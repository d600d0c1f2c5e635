import { posix } from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ManifestFile } from '@fairlead/contracts/source-reader'

const maxFiles = 500

export const isManifest = (path: string): boolean => /\.(?:ya?ml|json)$/i.test(path)

const otherKinds: readonly (readonly [RegExp, string])[] = [
  [/^(?:kustomization\.ya?ml|Kustomization)$/, 'kustomize'],
  [/^Chart\.yaml$/, 'helm'],
]

/** Manifests as they lie in a folder of Git. */
export function plainFiles(files: ReadonlyMap<string, Buffer>, folder: string): readonly ManifestFile[] {
  for (const path of files.keys()) {
    const kind = otherKinds.find(([pattern]) => pattern.test(posix.basename(path)))?.[1]
    if (kind !== undefined)
      throw new FairleadError('invalid', `${path} says that this folder is rendered by ${kind}.`, {
        file: path,
        expected: 'plain manifests',
        remedy: `Write spec.source.${kind} in the document instead of spec.source.git.`,
      })
  }
  const names = [...files.keys()].sort()
  if (names.length === 0)
    throw new FairleadError('not_found', `There is no manifest below "${folder}" in that commit.`, {
      found: 'no .yaml, .yml or .json file',
      expected: 'at least one',
      remedy: 'Correct spec.source.git.path. The last release stays as it is.',
    })
  if (names.length > maxFiles)
    throw new FairleadError('too_large', `There are more than ${maxFiles} manifests below "${folder}".`, {
      found: `${names.length} files`,
      expected: `at most ${maxFiles}`,
      remedy: 'Name a smaller path, or split the application.',
    })
  return names.map((name) => ({ name, text: textOf(name, files.get(name) ?? Buffer.alloc(0)) }))
}

/** A pointer of Git LFS is valid YAML, and means nothing. */
export function textOf(name: string, content: Buffer): string {
  const text = content.toString('utf8')
  if (text.startsWith('version https://git-lfs'))
    throw new FairleadError('invalid', `${name} is kept in Git LFS, which is not fetched.`, {
      file: name,
      expected: 'the file itself',
      remedy: 'Take manifests out of LFS.',
    })
  return text
}

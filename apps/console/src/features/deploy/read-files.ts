import { maxManifestBytes } from './manifest-limit'

export type ReadFile = { name: string; text: string; bytes: number }
export type ReadFiles = { files: ReadFile[]; refused: string[] }

const readable = /\.(ya?ml|json)$/i

/** Files that were dropped or chosen, in the order of their names; what can't be a manifest is named. */
export async function readFiles(list: Iterable<File>): Promise<ReadFiles> {
  const files: ReadFile[] = []
  const refused: string[] = []
  for (const file of [...list].sort((one, other) => one.name.localeCompare(other.name))) {
    if (!readable.test(file.name)) refused.push(`${file.name}: expected a .yaml, .yml or .json file.`)
    else if (file.size > maxManifestBytes) refused.push(`${file.name}: larger than 1 MiB.`)
    else files.push({ name: file.name, text: await file.text(), bytes: file.size })
  }
  return { files, refused }
}

/** Several files as one stream of documents; a comment tells where each begins. */
export const joined = (files: readonly Pick<ReadFile, 'name' | 'text'>[]): string =>
  files
    .map(({ name, text }) => `# ${name}\n${text.trim()}\n`)
    .filter((text) => text.trim() !== '')
    .join('---\n')

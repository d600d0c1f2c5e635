import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'

/** Where systems keep programs. A PATH of ours is not followed: what runs here is meant to be the system's. */
export const programFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin']

/** The path of a program that is named without one. */
export async function findProgram(name: string): Promise<string> {
  if (name.includes('/')) return name
  for (const folder of programFolders) {
    const path = join(folder, name)
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return name
}

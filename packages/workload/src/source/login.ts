import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { SourceDeps } from './source-deps'

/** A box opened for another row, or for an earlier version of the same, is refused. */
export const sealedContext = (id: string, version: number): string => `repository/${id}/password/${version}`

/** The credential whose address is the longest beginning of this one, by whole parts of it: the one place where it is opened. */
export async function loginFor(
  { db, cipher }: Pick<SourceDeps, 'db' | 'cipher'>,
  projectId: string,
  address: string,
): Promise<SourceLogin | null> {
  const rows = await db.repositoryCredential.findMany({ where: { projectId } })
  const [best] = rows
    .filter((row) => covers(row.address, address))
    .sort((a, b) => b.address.length - a.address.length)
  if (best === undefined) return null
  return {
    username: best.username,
    password: cipher.open(best.sealed, sealedContext(best.id, best.version)),
  }
}

/** `https://git.example.org/shop` covers `…/shop/web.git`, and neither `…/shopping` nor another port. */
export function covers(stored: string, address: string): boolean {
  const [have, want] = [new URL(stored), new URL(address)]
  // Not the origin: that of oci:// addresses is the same word for all.
  if (have.protocol !== want.protocol || have.host !== want.host) return false
  const path = have.pathname.replace(/\/+$/, '')
  return want.pathname === have.pathname || want.pathname === path || want.pathname.startsWith(`${path}/`)
}

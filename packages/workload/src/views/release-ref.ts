import type { ReleaseRef } from '@fairlead/contracts/application'
import type { WorkloadDb } from '@fairlead/db/views'

/** Everything but manifests and secrets: no list ever reads those. */
export const releaseColumns = {
  id: true,
  applicationId: true,
  number: true,
  images: true,
  createdAt: true,
  authorName: true,
  digest: true,
} as const

interface Row {
  readonly id: string
  readonly number: number
  readonly images: string[]
  readonly createdAt: Date
  readonly authorName: string
  readonly digest: string
}

export const releaseRef = (row: Row): ReleaseRef => ({
  id: row.id,
  number: row.number,
  images: row.images,
  createdAt: row.createdAt.toISOString(),
  author: row.authorName,
  digest: row.digest,
})

export async function releaseRefs(
  db: Pick<WorkloadDb, 'release'>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, ReleaseRef>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db.release.findMany({ where: { id: { in: wanted } }, select: releaseColumns })
  return new Map(rows.map((row) => [row.id, releaseRef(row)]))
}

/** For a row whose release was deleted by hand. */
export const lostRelease = (id: string): ReleaseRef => ({
  id,
  number: 0,
  images: [],
  createdAt: new Date(0).toISOString(),
  author: '',
  digest: '',
})

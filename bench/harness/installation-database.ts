import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { until } from './wait'

/** Reads beside the installation, so that waiting for a state costs its server nothing. */
export async function openInstallationDatabase(home: string): Promise<pg.Client> {
  const read = (file: string): string => fs.readFileSync(path.join(home, file), 'utf8')
  const { databasePassword } = JSON.parse(read('secrets.json')) as { readonly databasePassword: string }
  const client = new pg.Client({
    connectionString: `postgresql://fairlead:${databasePassword}@127.0.0.1:${Number(read('postgres.port'))}/fairlead`,
  })
  await client.connect()
  return client
}

interface Synced {
  readonly cluster: string
  readonly kind: string
  readonly atLeast: number
}

/** Until the watcher has stored so many objects of a kind, and its list is complete. */
export const synced = (database: pg.Client, wanted: Synced): Promise<number> =>
  until({ what: `${wanted.kind} objects of the fleet`, timeoutMs: 300_000, everyMs: 25 }, async () => {
    const objects = await syncedObjects(database, wanted)
    return objects !== undefined && objects >= wanted.atLeast ? objects : undefined
  })

async function syncedObjects(
  client: pg.Client,
  { cluster, kind }: Omit<Synced, 'atLeast'>,
): Promise<number | undefined> {
  const { rows } = await client.query<{ objects: number }>(
    `SELECT objects FROM cluster_sources
     WHERE "clusterId" = $1 AND kind = $2 AND state = 'live' AND "syncedAt" IS NOT NULL`,
    [cluster, kind],
  )
  return rows[0]?.objects
}

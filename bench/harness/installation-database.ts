import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'

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

/** How many objects of a kind the watcher has stored; undefined before its list is complete. */
export async function syncedObjects(
  client: pg.Client,
  cluster: string,
  kind: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ objects: number }>(
    `SELECT objects FROM cluster_sources
     WHERE "clusterId" = $1 AND kind = $2 AND state = 'live' AND "syncedAt" IS NOT NULL`,
    [cluster, kind],
  )
  return rows[0]?.objects
}

import type pg from 'pg'

export interface Crowd {
  /** Lets the answering ones have been seen just now. */
  refresh(): Promise<void>
  remove(): Promise<void>
}

const objectsOfAKind = 40

/**
 * Copies of one registered cluster, each with at most `objectsOfAKind` objects of a kind: `all` in number, `silent` of them not
 * heard of for an hour. Nobody can run three hundred API servers here; what a page has to read and say of them is the same. A lease
 * keeps watchers away from the copies.
 */
export async function crowdOf(
  database: pg.Client,
  original: string,
  { all, silent }: { readonly all: number; readonly silent: number },
): Promise<Crowd> {
  await database.query(
    `INSERT INTO clusters (id, name, uid, environment, labels, colour, server, version, state, "stateMessage", "controlPlane", budget)
     SELECT gen_random_uuid(), 'copy-' || lpad(copy::text, 3, '0'), 'copy-' || copy, environment, labels, copy % 12, server, version,
            CASE WHEN copy <= $2 THEN 'unreachable' ELSE state END, CASE WHEN copy <= $2 THEN 'No answer.' END, "controlPlane", budget
     FROM clusters, generate_series(1, $3) AS copy WHERE id = $1`,
    [original, silent, all - 1],
  )
  await database.query(
    `INSERT INTO cluster_leases ("clusterId", holder, epoch, "expiresAt")
     SELECT id, 'bench', 1, now() + interval '1 day' FROM clusters WHERE uid LIKE 'copy-%'`,
  )
  for (const table of ['cluster_sources', 'inventory_objects']) await copyRows(database, table, original)
  // As autovacuum does within a minute; a copy of its own would be the first to be counted without.
  await database.query('VACUUM ANALYZE')
  return {
    refresh: async () => {
      await database.query(
        `UPDATE clusters SET "lastSeenAt" = CASE WHEN state = 'unreachable' THEN now() - interval '1 hour' ELSE now() END
         WHERE uid LIKE 'copy-%'`,
      )
      await database.query(
        `UPDATE cluster_sources SET "lastByteAt" = clusters."lastSeenAt" FROM clusters
         WHERE clusters.id = "clusterId" AND uid LIKE 'copy-%'`,
      )
    },
    remove: async () => void (await database.query(`DELETE FROM clusters WHERE uid LIKE 'copy-%'`)),
  }
}

async function copyRows(database: pg.Client, table: string, original: string): Promise<void> {
  const { rows } = await database.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND column_name <> 'clusterId'`,
    [table],
  )
  const columns = rows.map(({ column_name: name }) => `"${name}"`).join(', ')
  const values = rows.map(({ column_name: name }) => `one."${name}"`).join(', ')
  await database.query(
    `INSERT INTO ${table} ("clusterId", ${columns})
     SELECT clusters.id, ${values} FROM
       (SELECT *, row_number() OVER (PARTITION BY kind) AS at FROM ${table} WHERE "clusterId" = $1) AS one, clusters
     WHERE one.at <= $2 AND clusters.uid LIKE 'copy-%'`,
    [original, objectsOfAKind],
  )
}

import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** Prisma's own advisory lock, so that this runner and its CLI never migrate at once. */
const migrationLock = 72_707_369

const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

export const migrationsFolder = path.resolve(import.meta.dirname, '../../../prisma/migrations')

/** Applies what is missing of prisma/migrations in Prisma's own table; resolves with the names applied now. */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await client.query(historyTable)
    const history = await readHistory(client)
    const applied: string[] = []
    for (const name of fs.readdirSync(folder).sort()) {
      const file = path.join(folder, name, 'migration.sql')
      if (!fs.existsSync(file)) continue
      if (await applyOne(client, history, name, fs.readFileSync(file, 'utf8'))) applied.push(name)
    }
    return applied
  } finally {
    await client.end()
  }
}

type History = Map<string, { checksum: string; finished: boolean }>

async function readHistory(client: pg.Client): Promise<History> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return new Map(
    rows.map((row) => [row.migration_name, { checksum: row.checksum, finished: row.finished_at !== null }]),
  )
}

async function applyOne(client: pg.Client, history: History, name: string, sql: string): Promise<boolean> {
  const checksum = crypto.createHash('sha256').update(sql).digest('hex')
  const earlier = history.get(name)
  if (earlier?.finished) {
    if (earlier.checksum !== checksum) throw new Error(`migration ${name} was edited after it was applied`)
    return false
  }
  if (earlier !== undefined)
    throw new Error(`migration ${name} failed earlier: resolve it with "prisma migrate resolve"`)
  const id = crypto.randomUUID()
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ])
  try {
    await client.query(sql)
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
      [id],
    )
    return true
  } catch (error) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)])
    throw new Error(`migration ${name} failed: ${String(error)}`, { cause: error })
  }
}

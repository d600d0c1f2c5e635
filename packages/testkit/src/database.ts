import { openDatabase, type Database } from '@fairlead/db/database'
import crypto from 'node:crypto'
import pg from 'pg'

export interface TestDatabase {
  readonly url: string
  readonly db: Database
  drop(): Promise<void>
}

/** A database of one's own, cloned from the migrated template in a few dozen milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env['DATABASE_URL_TEST']
  if (template === undefined)
    throw new Error('DATABASE_URL_TEST is unset: run integration tests with the testkit set-up')
  const name = `test_${crypto.randomBytes(6).toString('hex')}`
  const templateName = new URL(template).pathname.slice(1)
  await asAdmin(template, async (admin) => {
    // One clone at a time: PostgreSQL refuses to copy a template that another session is copying.
    await admin.query('SELECT pg_advisory_lock(77)')
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`)
  })
  const url = new URL(template)
  url.pathname = `/${name}`
  const db = openDatabase({ url: url.href, poolSize: 8 })
  return {
    url: url.href,
    db,
    drop: async () => {
      await db.$disconnect()
      await asAdmin(
        template,
        async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      )
    },
  }
}

async function asAdmin(url: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await run(client)
  } finally {
    await client.end()
  }
}

import {
  appendChanges,
  canResume,
  currentCursor,
  listenForChanges,
  pruneChanges,
  readChanges,
} from '@fairlead/db/changes'
import { openDatabase, type Database } from '@fairlead/db/database'
import { migrate } from '@fairlead/db/migrate'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

// Made by hand: the testkit stands on this package, which therefore can't stand on the testkit.
const url = new URL(process.env['DATABASE_URL_TEST'] ?? '')
const name = `test_changes_${process.pid}`
let database: { readonly url: string; readonly db: Database }
const asAdmin = async (statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: new URL('/postgres', url).href })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}
beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${name}`)
  const own = new URL(`/${name}`, url).href
  await migrate(own)
  database = { url: own, db: openDatabase({ url: own, poolSize: 8 }) }
})
afterAll(async () => {
  await database.db.$disconnect()
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`)
})

const write = (key: string): Promise<void> =>
  database.db.$transaction((tx) => appendChanges(tx, [{ topic: 'rollout', key }]))
/** So many at least: transactions in other databases of the server, as other tests have them, hold readers back too. */
async function readSoon(cursor: string, count: number, limit?: number) {
  for (;;) {
    const page = await readChanges(database.db, cursor, limit)
    if (page.changes.length >= count) return page
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const keysAfter = async (cursor: string, count: number): Promise<string[]> =>
  (await readSoon(cursor, count)).changes.map((change) => change.key)

it('never skips a change whose transaction committed after a later one', async () => {
  const start = await currentCursor(database.db)
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let begun: () => void = () => undefined
  const began = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = database.db.$transaction(async (tx) => {
    await appendChanges(tx, [{ topic: 'rollout', key: 'slow' }])
    begun()
    await held
  })
  await began
  await write('quick')
  const early = await readChanges(database.db, start)
  expect(early.changes.map((change) => change.key)).toEqual([])
  release()
  await slow
  expect(await keysAfter(early.cursor, 2)).toEqual(['slow', 'quick'])
})

it('resumes exactly where a reader stood', async () => {
  const start = await currentCursor(database.db)
  await write('one')
  await write('two')
  const first = await readSoon(start, 1, 1)
  expect(first.changes.map((change) => change.key)).toEqual(['one'])
  expect(await keysAfter(first.cursor, 1)).toEqual(['two'])
})

it('tells listeners after the commit', async () => {
  let heard: () => void = () => undefined
  const rang = new Promise<void>((resolve) => {
    heard = resolve
  })
  const listener = await listenForChanges(database.url, () => heard())
  await write('loud')
  await rang
  await listener.close()
})

it('says when what a cursor stands on was pruned', async () => {
  const old = '1.1'
  await write('kept')
  expect(await canResume(database.db, await currentCursor(database.db))).toBe(true)
  await pruneChanges(database.db, new Date(Date.now() + 1_000))
  await write('after')
  expect(await canResume(database.db, old)).toBe(false)
})

import type { Membership } from '@fairlead/contracts/permissions'
import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import { appendChanges } from '@fairlead/db/changes'
import { appendAudit, chainHash, chainStart, type NewAuditEntry } from '@fairlead/kernel/audit'
import type { Actor, Services } from '@fairlead/kernel/context'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from './entries'
import { verifyChain } from './verify'

let database: TestDatabase
let shop = ''
let payments = ''

const services = (): Services => ({
  db: database.db,
  queues: { ring: async () => undefined },
  clock: () => new Date(),
  onInternalError: (error) => {
    throw error
  },
})
const actorWith = (memberships: Membership[]): Actor => ({
  kind: 'user',
  id: 'u1',
  name: 'Ada',
  email: null,
  memberships,
})
const everything = actorWith([{ projectId: null, role: 'administrator' }])
type Name = keyof ReturnType<typeof auditEntries>
const ask = <K extends Name>(actor: Actor, name: K, input: InputOf<K>): Promise<OutputOf<K>> =>
  auditEntries({ db: database.db })[name].invoke(
    services(),
    { actor, via: 'cli', address: null },
    input,
  ) as Promise<OutputOf<K>>

const entry = (over: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  at: new Date(),
  actor: { kind: 'user', id: 'u1', name: 'Ada Lovelace' },
  action: 'rollout.deploy',
  outcome: 'done',
  projectId: shop,
  subject: { kind: 'rollout', id: 'r1', name: 'checkout #1' },
  detail: { release: 7, images: ['a', 'b'] },
  via: 'browser',
  address: '192.0.2.1',
  ...over,
})
const append = (...entries: NewAuditEntry[]) =>
  entries.reduce<Promise<void>>(
    (before, one) =>
      before.then(() =>
        database.db.$transaction(async (tx) => {
          await appendAudit(tx, one)
          await appendChanges(tx, [{ topic: 'audit', key: 'log' }])
        }),
      ),
    Promise.resolve(),
  )

/** A log of `count` entries at once, chained as the door chains them. */
async function appendMany(count: number): Promise<void> {
  const rows = []
  let previousHash = chainStart
  for (let n = 1; n <= count; n += 1) {
    const { actor, subject, ...rest } = entry({ detail: { n } })
    const covered = {
      ...rest,
      sequence: BigInt(n),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      project: 'shop',
      subjectKind: subject?.kind ?? null,
      subjectId: subject?.id ?? null,
      subjectName: subject?.name ?? null,
      detail: { n },
    }
    const hash = chainHash(covered, previousHash)
    rows.push({ ...covered, previousHash, hash })
    previousHash = hash
  }
  await database.db.auditEntry.createMany({ data: rows })
}

/** What only somebody with the database's own rights can do. */
async function tamper(sql: string): Promise<void> {
  await database.db.$executeRawUnsafe('ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only')
  await database.db.$executeRawUnsafe(sql)
  await database.db.$executeRawUnsafe('ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_append_only')
}

beforeAll(async () => {
  database = await createTestDatabase()
  shop = (await database.db.project.create({ data: { name: 'shop' } })).id
  payments = (await database.db.project.create({ data: { name: 'payments' } })).id
})
afterAll(() => database.drop())
beforeEach(async () => {
  await tamper('TRUNCATE audit_entries')
  await database.db.$executeRaw`TRUNCATE changes`
})

describe('verifying', () => {
  it('finds an untouched log intact, over many pages, whatever the details hold', async () => {
    await appendMany(2_100)
    await append(
      entry({ detail: { z: 1, a: { nested: [null, 'ü', 1.5] } } }),
      entry({ projectId: null, subject: null }),
    )
    const last = await database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(await verifyChain(database.db)).toEqual({
      intact: true,
      entries: 2_102,
      lastHash: last.hash,
      broken: null,
    })
  })

  it.each([
    ['who did it', `UPDATE audit_entries SET "actorName" = 'Eve' WHERE sequence = 3`],
    ['when', `UPDATE audit_entries SET at = at + interval '1 ms' WHERE sequence = 3`],
    [
      'a detail',
      `UPDATE audit_entries SET detail = '{"release": 8, "images": ["a", "b"]}' WHERE sequence = 3`,
    ],
    ['the outcome', `UPDATE audit_entries SET outcome = 'denied' WHERE sequence = 3`],
    ['from where', `UPDATE audit_entries SET address = NULL WHERE sequence = 3`],
  ])('names the entry of which %s was changed', async (_what, sql) => {
    await append(...Array.from({ length: 5 }, () => entry()))
    await tamper(sql)
    expect(await verifyChain(database.db)).toMatchObject({
      intact: false,
      entries: 2,
      broken: { sequence: 3, problem: 'was changed after it was written' },
    })
  })

  it('names the entry after one that was changed with its own hash made to fit', async () => {
    await append(...Array.from({ length: 5 }, () => entry()))
    const {
      hash: _hash,
      previousHash,
      ...third
    } = await database.db.auditEntry.findUniqueOrThrow({ where: { sequence: 3 } })
    const forged = chainHash({ ...third, actorName: 'Eve' }, previousHash)
    await tamper(`UPDATE audit_entries SET "actorName" = 'Eve', hash = '${forged}' WHERE sequence = 3`)
    expect(await verifyChain(database.db)).toMatchObject({ broken: { sequence: 4 } })
  })

  it('names missing entries: in the middle, at the start, and cut off at the end', async () => {
    await append(...Array.from({ length: 6 }, () => entry()))
    await tamper('DELETE FROM audit_entries WHERE sequence IN (3, 4)')
    expect(await verifyChain(database.db)).toMatchObject({
      broken: { sequence: 3, problem: 'is missing, and so are those up to 4' },
    })
    await tamper('DELETE FROM audit_entries WHERE sequence = 1')
    expect(await verifyChain(database.db)).toMatchObject({
      entries: 0,
      broken: { sequence: 1, problem: 'is missing' },
    })
  })

  it('notices a cut-off end by the change log', async () => {
    await append(entry({ at: new Date(Date.now() - 10 * 60_000) }), entry())
    await tamper('DELETE FROM audit_entries WHERE sequence = 2')
    expect(await verifyChain(database.db)).toMatchObject({ intact: false, broken: { sequence: 2 } })
    await tamper('DELETE FROM audit_entries')
    expect(await verifyChain(database.db)).toMatchObject({ intact: false, broken: { sequence: 1 } })
  })

  it('names two entries that changed places', async () => {
    await append(...['a', 'b', 'c', 'd'].map((name) => entry({ detail: { name } })))
    await tamper('UPDATE audit_entries SET sequence = -2 WHERE sequence = 2')
    await tamper('UPDATE audit_entries SET sequence = 2 WHERE sequence = 3')
    await tamper('UPDATE audit_entries SET sequence = 3 WHERE sequence = -2')
    expect(await verifyChain(database.db)).toMatchObject({ intact: false, broken: { sequence: 2 } })
  })
})

describe('reading', () => {
  it('pages from the newest to the oldest without a gap, while new entries come', async () => {
    await append(...Array.from({ length: 5 }, () => entry()))
    const first = await ask(everything, 'audit.list', { limit: 2 })
    await append(entry())
    const second = await ask(everything, 'audit.list', { limit: 2, before: first.next ?? 0 })
    const third = await ask(everything, 'audit.list', { limit: 2, before: second.next ?? 0 })
    const sequences = [first, second, third].map(({ entries }) => entries.map(({ sequence }) => sequence))
    expect(sequences).toEqual([[5, 4], [3, 2], [1]])
    expect(third.next).toBeNull()
  })

  it('filters by who, what, where, when and how it ended', async () => {
    await append(
      entry({ actor: { kind: 'user', id: 'u2', name: 'Grace Hopper' }, projectId: payments }),
      entry({ action: 'rollout.approve', outcome: 'denied', at: new Date('2026-01-02T00:00:00Z') }),
      entry({ subject: { kind: 'rollout', id: 'r9', name: 'billing #4' } }),
    )
    const found = async (filters: InputOf<'audit.list'>) =>
      (await ask(everything, 'audit.list', filters)).entries.map(({ sequence }) => sequence)
    expect(await found({ actor: 'grace' })).toEqual([1])
    expect(await found({ actor: 'u2' })).toEqual([1])
    expect(await found({ project: 'payments' })).toEqual([1])
    expect(await found({ action: 'rollout.approve', outcome: 'denied' })).toEqual([2])
    expect(await found({ subject: 'BILLING' })).toEqual([3])
    expect(await found({ from: '2026-01-01T00:00:00Z', to: '2026-01-03T00:00:00Z' })).toEqual([2])
    expect(await found({ actor: '%' })).toEqual([])
  })

  it('shows the holder of a right in one project the entries of that project only', async () => {
    await append(entry(), entry({ projectId: payments }), entry({ projectId: null }))
    const operator = actorWith([{ projectId: shop, role: 'operator' }])
    expect((await ask(operator, 'audit.list', {})).entries.map(({ sequence }) => sequence)).toEqual([1])
    expect((await ask(operator, 'audit.list', { project: 'payments' })).entries).toEqual([])
    expect((await ask(operator, 'audit.export', {})).lines.trim().split('\n')).toHaveLength(1)
    const viewer = actorWith([{ projectId: shop, role: 'viewer' }])
    await expect(ask(viewer, 'audit.list', {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('exports JSON Lines from which the chain can be followed', async () => {
    await appendMany(1_050)
    const { lines } = await ask(everything, 'audit.export', {})
    const entries = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number; hash: string; previousHash: string })
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 1_050 }, (_, n) => 1_050 - n),
    )
    for (const [index, { previousHash }] of entries.slice(0, -1).entries())
      expect(previousHash).toBe(entries[index + 1]?.hash)
  })
})

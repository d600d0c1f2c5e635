import type { Call, Services } from '@fairlead/kernel/context'
import { chainHash, chainStart } from '@fairlead/kernel/audit'
import { room } from '@fairlead/kernel/door'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Membership, Scope } from '@fairlead/contracts/permissions'
import type { IdentityDb } from '@fairlead/db/views'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let rung: Bell[]
const services = (): Services => ({
  db: database.db,
  queues: { ring: async (bells) => void rung.push(...bells) },
  clock: () => new Date(),
  onInternalError: () => undefined,
})
const as = (memberships: Membership[]): Call => ({
  actor: { kind: 'user', id: 'u1', name: 'Ada', email: 'ada@example.org', memberships },
  via: 'cli',
  address: null,
})
const administrator = as([{ projectId: null, role: 'administrator' }])
const bell: Bell = { doorbell: 'rollout', key: '3f0b7a9e-8a54-4c67-9a11-3a1f0b7a9e8a' }

const createProject = (fail = false) =>
  room<IdentityDb>(database.db).command('project.create', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const project = await context.tx.project.create({ data: { name: input.name } })
      context.subject({ kind: 'project', id: project.id, name: project.name })
      context.ring(bell)
      context.change({ topic: 'project', key: project.id })
      if (fail) throw new Error('after the write')
      return { id: project.id }
    },
  })

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('the door', () => {
  it('writes work, audit entry and change rows in one transaction, and rings only after it', async () => {
    rung = []
    const { id } = await createProject().invoke(services(), administrator, { name: 'shop' })
    const entry = await database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(entry).toMatchObject({
      action: 'project.create',
      outcome: 'done',
      subjectId: id,
      actorName: 'Ada',
    })
    expect(await database.db.change.count({ where: { topic: 'project', key: id } })).toBe(1)
    expect(rung).toEqual([bell])
  })

  it('leaves nothing but the failed audit entry when the command fails, and rings nothing', async () => {
    rung = []
    await expect(
      createProject(true).invoke(services(), administrator, { name: 'lost' }),
    ).rejects.toMatchObject({ code: 'internal' })
    expect(await database.db.project.count({ where: { name: 'lost' } })).toBe(0)
    expect(await database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })).toMatchObject({
      outcome: 'failed',
    })
    expect(rung).toEqual([])
  })

  it('refuses and audits a call without the right, naming the role that has it', async () => {
    const viewer = as([{ projectId: null, role: 'viewer' }])
    await expect(createProject().invoke(services(), viewer, { name: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
      detail: { expected: 'the role administrator (project.manage)' },
    })
    expect(await database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })).toMatchObject({
      outcome: 'denied',
      action: 'project.create',
    })
  })

  it('hands what it authorised with to the slow work, and looks for it once', async () => {
    let looked = 0
    const handed: Scope[] = []
    const prepared = room<IdentityDb>(database.db).command('project.create', {
      scope: () => {
        looked += 1
        return { kind: 'installation' }
      },
      prepare: async ({ scope }) => void handed.push(scope),
      run: async () => ({ id: bell.key }),
    })
    await prepared.invoke(services(), administrator, { name: 'none' })
    expect([looked, handed]).toEqual([1, [{ kind: 'installation' }]])
  })

  it('chains every entry to the one before it, under concurrent writers too', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        createProject().invoke(services(), administrator, { name: `p${n}` }),
      ),
    )
    const entries = await database.db.auditEntry.findMany({ orderBy: { sequence: 'asc' } })
    let previous = chainStart
    for (const [index, entry] of entries.entries()) {
      const { hash, previousHash, ...covered } = entry
      expect(entry.sequence).toBe(BigInt(index + 1))
      expect(previousHash).toBe(previous)
      expect(hash).toBe(chainHash(covered, previousHash))
      previous = hash
    }
  })

  it('lets nobody change or delete an audit entry', async () => {
    await expect(database.db.auditEntry.updateMany({ data: { actorName: 'Eve' } })).rejects.toThrow(
      /append-only/,
    )
    await expect(database.db.auditEntry.deleteMany({})).rejects.toThrow(/append-only/)
  })
})

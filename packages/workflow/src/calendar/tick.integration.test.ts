import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import type { WorkflowDb } from '@fairlead/db/views'
import crypto from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVersions } from '../run/versions'
import { tick, type TickDeps } from './tick'

let database: TestDatabase
let deps: TickDeps
let projectId: string
beforeAll(async () => {
  database = await createTestDatabase()
  deps = depsOf(database.db)
  const project = await database.db.project.create({ data: { name: 'shop' } })
  projectId = project.id
})
afterAll(() => database.drop())

const depsOf = (db: WorkflowDb): TickDeps => ({ db, versions: createVersions(db) })
const at = (text: string): Date => new Date(`2026-${text}Z`)

interface Given {
  readonly schedule: string
  readonly tasks?: number
  readonly parameters?: string
  readonly scheduledTo?: Date
  readonly scheduleAt?: Date
  readonly paused?: boolean
}

async function workflow(given: Given): Promise<string> {
  const name = `w${crypto.randomBytes(5).toString('hex')}`
  const tasks = Array.from({ length: given.tasks ?? 1 }, (_, i) => `    - { id: t${i}, wait: { for: 1s } }`)
  const source = `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: ${name}, project: shop }
spec:
  schedule: ${given.schedule}
  parameters: ${given.parameters ?? '{}'}
  tasks:
${tasks.join('\n')}
`
  const { id } = await database.db.workflow.create({
    data: {
      projectId,
      name,
      paused: given.paused ?? false,
      scheduledTo: given.scheduledTo ?? at('06-01T02:00'),
      scheduleAt: given.scheduleAt ?? at('06-02T02:00'),
    },
  })
  const version = await database.db.workflowVersion.create({
    data: { workflowId: id, number: 1, source, digest: 'd', authorId: 'ada', authorName: 'Ada' },
  })
  await database.db.workflow.update({ where: { id }, data: { versionId: version.id, versionNumber: 1 } })
  return id
}

const daily = (more = ''): string => `{ cron: "0 2 * * *"${more} }`
const runsOf = async (workflowId: string) =>
  database.db.workflowRun.findMany({ where: { workflowId }, orderBy: { number: 'asc' } })
const slotsOf = async (workflowId: string): Promise<string[]> =>
  (await runsOf(workflowId)).map(({ slot }) => (slot ?? '-').slice(5, 16))
const rowOf = (id: string) => database.db.workflow.findUniqueOrThrow({ where: { id } })

describe('a tick', () => {
  it('starts a run for the nominal time, moves on, and says whom to ring', async () => {
    const id = await workflow({ schedule: daily() })
    const now = at('06-02T02:00:00.300')
    const ticked = await tick(deps, now)
    const [run] = await runsOf(id)
    expect(run).toMatchObject({
      number: 1,
      trigger: 'schedule',
      requesterName: 'Schedule',
      slot: '2026-06-02T02:00:00.000Z',
      nominalTime: at('06-02T02:00'),
      state: 'queued',
      priority: 0,
    })
    expect(ticked.bells).toContainEqual({ doorbell: 'run', key: run?.id })
    expect(await rowOf(id)).toMatchObject({
      scheduledTo: at('06-02T02:00'),
      scheduleAt: at('06-03T02:00'),
      lastRunNumber: 1,
    })
    const changes = await database.db.change.findMany({ where: { key: { in: [id, run?.id ?? ''] } } })
    expect(changes.map(({ topic }) => topic).sort()).toEqual(['run', 'workflow'])
    expect(await tick(deps, now)).toMatchObject({ bells: [], started: [] })
    expect(await runsOf(id)).toHaveLength(1)
  })

  it('of two calendars at once, over and over, gives each nominal time one run', async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, () =>
        workflow({
          schedule: '{ cron: "*/10 * * * *", catchup: all, overlap: allow }',
          scheduledTo: at('06-02T01:30'),
        }),
      ),
    )
    const other = depsOf(database.db)
    for (let minute = 0; minute < 60; minute += 10) {
      const now = at(`06-02T02:${String(minute).padStart(2, '0')}:01`)
      const both = await Promise.all([tick(deps, now), tick(other, now), tick(deps, now)])
      expect(both.flatMap(({ problems }) => problems)).toEqual([])
    }
    const last = at('06-02T02:50:02')
    await tick(deps, last)
    for (const id of ids) {
      const slots = await slotsOf(id)
      expect(new Set(slots).size).toBe(slots.length)
      expect(slots.slice(-6)).toEqual([
        '06-02T02:00',
        '06-02T02:10',
        '06-02T02:20',
        '06-02T02:30',
        '06-02T02:40',
        '06-02T02:50',
      ])
      expect((await rowOf(id)).scheduledTo).toEqual(at('06-02T02:50'))
    }
  })

  it('that is killed between the insert and the move leaves nothing, and the next one does it all', async () => {
    const id = await workflow({ schedule: daily() })
    const killed = await tick(depsOf(killedBefore('UPDATE workflows SET "scheduleAt"')), at('06-02T02:00:01'))
    expect(killed.started).toEqual([])
    expect(String(killed.problems[0]?.error)).toContain('killed')
    expect(await runsOf(id)).toEqual([])
    expect((await rowOf(id)).scheduledTo).toEqual(at('06-01T02:00'))
    await tick(deps, at('06-02T02:05'))
    expect(await slotsOf(id)).toEqual(['06-02T02:00'])
  })

  it('finds a slot that has a run already, moves on, and starts none', async () => {
    const id = await workflow({ schedule: daily() })
    await tick(deps, at('06-02T02:00:01'))
    await database.db.workflow.update({
      where: { id },
      data: { scheduledTo: at('06-01T02:00'), scheduleAt: at('06-02T02:00') },
    })
    const ticked = await tick(deps, at('06-02T02:00:02'))
    expect(ticked.bells).toEqual([])
    expect(await slotsOf(id)).toEqual(['06-02T02:00'])
    expect((await rowOf(id)).scheduledTo).toEqual(at('06-02T02:00'))
  })

  it('leaves paused workflows alone', async () => {
    const id = await workflow({ schedule: daily(), paused: true })
    await tick(deps, at('06-02T03:00'))
    expect(await runsOf(id)).toEqual([])
  })

  it('catches up in several transactions when the graph is large, each slot once, oldest first', async () => {
    const id = await workflow({ schedule: daily(', catchup: all'), tasks: 2_000 })
    const [one, two] = await Promise.all([
      tick(deps, at('06-06T09:00')),
      tick(depsOf(database.db), at('06-06T09:00')),
    ])
    expect([...one.problems, ...two.problems]).toEqual([])
    await tick(deps, at('06-06T09:01'))
    expect(await slotsOf(id)).toEqual([
      '06-02T02:00',
      '06-03T02:00',
      '06-04T02:00',
      '06-05T02:00',
      '06-06T02:00',
    ])
    expect(await rowOf(id)).toMatchObject({ scheduledTo: at('06-06T02:00'), scheduleAt: at('06-07T02:00') })
  })

  it('skips while a run of the schedule is active, and tells it in that run', async () => {
    const id = await workflow({ schedule: daily() })
    await tick(deps, at('06-02T02:00:01'))
    const ticked = await tick(deps, at('06-03T02:00:01'))
    expect(ticked.skipped.filter(({ workflowId }) => workflowId === id)).toHaveLength(1)
    expect(await slotsOf(id)).toEqual(['06-02T02:00'])
    const [run] = await runsOf(id)
    const entries = await database.db.workflowEntry.findMany({
      where: { runId: run?.id ?? '', kind: 'skipped' },
    })
    expect(entries.map(({ message }) => message)).toEqual([expect.stringContaining('2026-06-03T02:00')])
    await database.db.workflowRun.updateMany({ where: { workflowId: id }, data: { state: 'succeeded' } })
    await tick(deps, at('06-04T02:00:01'))
    expect(await slotsOf(id)).toEqual(['06-02T02:00', '06-04T02:00'])
  })

  it('is not held up by a run that a person started', async () => {
    const id = await workflow({ schedule: daily() })
    await tick(deps, at('06-02T02:00:01'))
    await database.db.workflowRun.updateMany({ where: { workflowId: id }, data: { trigger: 'manual' } })
    await tick(deps, at('06-03T02:00:01'))
    expect(await runsOf(id)).toHaveLength(2)
  })

  it('with overlap cancel asks the active run to end, and fences it', async () => {
    const id = await workflow({ schedule: daily(', overlap: cancel') })
    await tick(deps, at('06-02T02:00:01'))
    const ticked = await tick(deps, at('06-03T02:00:01'))
    const [first, second] = await runsOf(id)
    expect(first).toMatchObject({ state: 'cancelling', version: 1, cancelledBy: 'Schedule' })
    expect(second?.state).toBe('queued')
    expect(ticked.bells.map(({ key }) => key)).toEqual(expect.arrayContaining([first?.id, second?.id]))
  })

  it('names a time whose parameters have no value, and goes on', async () => {
    const id = await workflow({
      schedule: daily(),
      parameters: '{ day: { type: string, maxLength: 3, default: "${{ run.nominalTime }}" } }',
    })
    const ticked = await tick(deps, at('06-02T02:00:01'))
    expect(ticked.skipped.find(({ workflowId }) => workflowId === id)?.reason).toMatch(/parameters/)
    expect(await runsOf(id)).toEqual([])
    expect((await rowOf(id)).scheduleAt).toEqual(at('06-03T02:00'))
  })

  it('puts off a workflow that it can’t read, and does the others', async () => {
    const broken = await workflow({ schedule: daily() })
    const good = await workflow({ schedule: daily() })
    await database.db.workflowVersion.updateMany({
      where: { workflowId: broken },
      data: { source: '- not one' },
    })
    const ticked = await tick(deps, at('06-02T02:00:01'))
    expect(ticked.problems.map(({ workflowId }) => workflowId)).toEqual([broken])
    expect(await runsOf(good)).toHaveLength(1)
    expect(await rowOf(broken)).toMatchObject({
      scheduledTo: at('06-01T02:00'),
      scheduleAt: at('06-02T02:00:16'),
    })
  })
})

/** A database that loses its connection just before one statement. */
function killedBefore(text: string): WorkflowDb {
  const { db } = database
  const wrap = <T extends object>(tx: T): T =>
    new Proxy(tx, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name !== '$executeRaw' || typeof value !== 'function') return value
        return (query: { readonly sql?: string }) => {
          if (query.sql?.includes(text) === true) throw new Error('killed')
          return value.call(target, query) as unknown
        }
      },
    })
  return new Proxy<WorkflowDb>(db, {
    get: (target, name) =>
      name === '$transaction'
        ? (run: Parameters<WorkflowDb['$transaction']>[0]) => db.$transaction((tx) => run(wrap(tx)))
        : (Reflect.get(target, name) as unknown),
  })
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVerbScene, workflowText, type VerbScene } from '../testing/verb-scene'

let scene: VerbScene
beforeAll(async () => {
  scene = await createVerbScene()
})
afterAll(async () => {
  await scene.drop()
  expect(scene.problems).toEqual([])
})

const apply = (document: string, person: 'ada' | 'vic' | 'eve' = 'ada') =>
  scene.call(person, 'workflow.apply', { document, file: 'flows/nightly.yaml' })
const two = { tasks: [{ id: 'list' }, { id: 'settle', needs: ['list'] }] }

describe('workflow.apply', () => {
  it('makes one version for each change of the document, and none for the same again', async () => {
    const first = await apply(workflowText(two))
    expect(first).toMatchObject({ version: 1, created: true, changed: true })
    expect(await apply(`${workflowText(two)}\r\n\n`)).toEqual({ ...first, created: false, changed: false })
    const changed = workflowText({ ...two, spec: { limits: { maxActiveRuns: 3 } } })
    expect(await apply(changed)).toEqual({ ...first, version: 2, created: false, changed: true })
    expect(await apply(workflowText(two))).toMatchObject({ version: 3, changed: true })
    const detail = await scene.call('vic', 'workflow.get', { workflow: 'nightly' })
    expect(detail.versions.map(({ number, author }) => [number, author])).toEqual([
      [3, 'ada'],
      [2, 'ada'],
      [1, 'ada'],
    ])
    expect(detail.source).toBe(workflowText(two))
    expect(await scene.call('vic', 'workflow.source', { workflow: 'nightly', version: 2 })).toEqual({
      source: changed,
      version: 2,
    })
    expect(detail.graph.map(({ id, needs, cluster, kind }) => [id, needs, cluster, kind])).toEqual([
      ['list', [], 'one', 'run'],
      ['settle', ['list'], 'one', 'run'],
    ])
    expect(detail.may).toMatchObject({
      write: { passed: false, reason: expect.stringContaining('deployer') },
    })
  })

  it('by two people at once gives two versions, with no number twice', async () => {
    const texts = ['a', 'b', 'c'].map((id) => workflowText({ name: 'at-once', tasks: [{ id }] }))
    const applied = await Promise.all(texts.map((text) => apply(text)))
    expect(applied.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, 2, 3])
    expect(applied.filter(({ created }) => created).length).toBe(1)
    expect(new Set(applied.map(({ id }) => id)).size).toBe(1)
  })

  it('refuses the first problem at its line and says how many more there are; check tells all', async () => {
    const document = `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: broken, project: shop }
spec:
  tasks:
    - { id: one, needs: [nowhere], cluster: one, namespace: batch, run: { image: a } }
    - { id: two, needs: [neither], cluster: one, namespace: batch, run: { image: a } }
`
    await expect(apply(document)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^flows\/nightly\.yaml:6: .*There is 1 more problem\.$/),
      detail: { file: 'flows/nightly.yaml', line: 6, remedy: expect.stringContaining('line 7') },
    })
    const check = await scene.call('vic', 'workflow.check', { document })
    expect(check.problems.map(({ line }) => line)).toEqual([6, 7])
    expect(check.name).toBeNull()
    await expect(scene.call('vic', 'workflow.get', { workflow: 'broken' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('names the lines of clusters and namespaces that the project may not use', async () => {
    const document = `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: abroad, project: shop }
spec:
  defaults: { cluster: one, namespace: batch, image: a }
  tasks:
    - { id: here, run: {} }
    - id: there
      cluster: three
      run: {}
    - id: elsewhere
      cluster: two
      namespace: other
      run: {}
    - { id: later, cluster: "\${{ parameters.where }}", run: {} }
  parameters: { where: { type: string, default: one } }
`
    await expect(apply(document)).rejects.toMatchObject({
      code: 'invalid',
      detail: { line: 9, path: 'spec.tasks[1].cluster', found: 'three/batch' },
    })
    const { problems, tasks } = await scene.call('ada', 'workflow.check', { document })
    expect(problems.map(({ line, found }) => [line, found])).toEqual([
      [9, 'three/batch'],
      [13, 'two/other'],
    ])
    expect(problems[0]?.expected).toContain('one/*, two/batch')
    expect(tasks).toHaveLength(4)
  })

  it('takes the right to write workflows, and tells nobody of projects that are not theirs', async () => {
    await expect(apply(workflowText(two), 'vic')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(apply(workflowText(two), 'eve')).rejects.toMatchObject({ code: 'not_found' })
    await expect(apply(workflowText({ ...two, project: 'none' }))).rejects.toMatchObject({
      code: 'not_found',
    })
    const { problems } = await scene.call('eve', 'workflow.check', { document: workflowText(two) })
    expect(problems).toMatchObject([{ path: 'metadata.project', line: 6 }])
    expect(await scene.call('eve', 'workflow.list', {})).toEqual([])
    await expect(scene.call('eve', 'workflow.get', { workflow: 'nightly' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const denied = await scene.database.db.auditEntry.count({
      where: { action: 'workflow.apply', outcome: 'denied' },
    })
    expect(denied).toBe(3)
  })
})

const scheduled = (cron: string, name = 'scheduled') =>
  workflowText({ ...two, name, spec: { schedule: { cron, timezone: 'Europe/Kyiv' } } })

describe('a schedule', () => {
  const nextAt = async () => (await scene.call('vic', 'workflow.get', { workflow: 'scheduled' })).nextAt

  it('starts when it is applied, and goes on where it was when only something else changes', async () => {
    scene.now = () => new Date('2026-11-23T10:00:00Z')
    await apply(scheduled('30 2 * * *'))
    expect(await nextAt()).toBe('2026-11-24T00:30:00.000Z')
    scene.now = () => new Date('2026-11-25T10:00:00Z')
    await apply(scheduled('30 2 * * *').replace('"id": "list"', '"priority": 1, "id": "list"'))
    expect(await nextAt()).toBe('2026-11-24T00:30:00.000Z')
    await apply(scheduled('30 3 * * *'))
    expect(await nextAt()).toBe('2026-11-26T01:30:00.000Z')
  })

  it('means no time while it is paused, and none that went by when it is resumed', async () => {
    scene.now = () => new Date('2026-11-25T10:00:00Z')
    await scene.call('ada', 'workflow.pause', { workflow: 'scheduled', reason: 'month end' })
    const paused = await scene.call('vic', 'workflow.get', { workflow: 'scheduled' })
    expect(paused).toMatchObject({ paused: true, nextAt: null })
    await expect(
      scene.call('ada', 'workflow.pause', { workflow: 'scheduled', reason: 'again' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(scene.call('vic', 'workflow.resume', { workflow: 'scheduled' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    scene.now = () => new Date('2026-12-01T10:00:00Z')
    await scene.call('ada', 'workflow.resume', { workflow: 'scheduled' })
    expect(await nextAt()).toBe('2026-12-02T01:30:00.000Z')
    scene.now = () => new Date()
  })

  it('is shown in a calendar with its own clock, and fills in a range with a preview that equals the deed', async () => {
    await apply(scheduled('30 3 * * *'))
    const week = { from: '2026-10-22T00:00:00Z', to: '2026-10-28T00:00:00Z' }
    const calendar = await scene.call('vic', 'workflow.calendar', week)
    expect(calendar.map(({ offset }) => offset)).toEqual([
      '+03:00',
      '+03:00',
      '+03:00',
      '+03:00',
      '+02:00',
      '+02:00',
    ])
    expect(await scene.call('eve', 'workflow.calendar', week)).toEqual([])
    const plan = await scene.call('ada', 'workflow.planBackfill', { workflow: 'scheduled', ...week })
    expect(plan.blocked).toBeNull()
    const done = await scene.call('ada', 'workflow.backfill', { workflow: 'scheduled', ...week })
    expect(done.runs).toBe(plan.times.length)
    const runs = await scene.call('vic', 'run.list', { workflow: 'scheduled' })
    expect(runs.map(({ nominalTime }) => nominalTime).sort()).toEqual(plan.times.map(({ at }) => at))
    expect(runs.every(({ trigger, state }) => trigger === 'backfill' && state === 'queued')).toBe(true)
    await expect(
      scene.call('ada', 'workflow.backfill', { workflow: 'scheduled', ...week }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      scene.call('vic', 'workflow.backfill', { workflow: 'scheduled', ...week }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('that is missing leaves nothing to fill in', async () => {
    const range = { from: '2026-10-22T00:00:00Z', to: '2026-10-28T00:00:00Z' }
    const plan = await scene.call('ada', 'workflow.planBackfill', { workflow: 'nightly', ...range })
    expect(plan.blocked).toContain('schedule')
  })
})

describe('workflow.list', () => {
  it('shows each with its runs, oldest of the strip first', async () => {
    for (let number = 0; number < 5; number++) await apply(workflowText({ ...two, name: `many-${number}` }))
    const rows = await scene.call('vic', 'workflow.list', { project: 'shop' })
    expect(rows.find(({ name }) => name === 'many-3')).toMatchObject({
      project: 'shop',
      version: 1,
      tasks: 2,
      clusters: ['one'],
      lastRuns: [],
      activeRuns: 0,
      schedule: null,
    })
    const backfilled = rows.find(({ name }) => name === 'scheduled')
    expect(backfilled).toMatchObject({ activeRuns: 6 })
    expect(backfilled?.lastRuns.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    expect(backfilled?.schedule).toEqual({ cron: '30 3 * * *', timezone: 'Europe/Kyiv' })
    expect(await scene.call('vic', 'workflow.list', { project: 'elsewhere' })).toEqual([])
  })

  it('asks for the project when two have a workflow of that name', async () => {
    const { db } = scene.database
    const third = await db.project.create({ data: { name: 'third' } })
    await db.workflow.create({ data: { projectId: third.id, name: 'nightly' } })
    expect(await scene.call('vic', 'workflow.get', { workflow: 'nightly' })).toMatchObject({
      project: 'shop',
    })
  })
})

describe('pools', () => {
  const pool = (slots: number) =>
    `apiVersion: fairlead.dev/v1\nkind: Pool\nmetadata: { name: database, project: shop }\nspec: { slots: ${slots} }\n`

  it('are made and changed by their document, and show what is used and who waits', async () => {
    expect(await scene.call('ada', 'pool.apply', { document: pool(4) })).toMatchObject({ created: true })
    expect(await scene.call('ada', 'pool.apply', { document: pool(2) })).toMatchObject({ created: false })
    expect(await scene.call('vic', 'pool.list', {})).toEqual([
      { project: 'shop', name: 'database', slots: 2, used: 0, waiting: 0, description: '' },
    ])
    expect(await scene.call('eve', 'pool.list', {})).toEqual([])
    await expect(scene.call('vic', 'pool.apply', { document: pool(9) })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      scene.call('ada', 'pool.apply', { document: pool(4).replace('slots: 4', 'slots: many') }),
    ).rejects.toMatchObject({ code: 'invalid', detail: { line: 4, path: 'spec.slots' } })
  })
})

describe('workflow.schema', () => {
  it('is a JSON Schema of the document', async () => {
    const { schema } = await scene.call('vic', 'workflow.schema', {})
    expect(schema).toMatchObject({ type: 'object', required: expect.arrayContaining(['spec']) })
  })
})

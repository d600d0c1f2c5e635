import type { WorkflowGate } from '@fairlead/contracts/gates'
import type { Bell } from '@fairlead/contracts/doorbells'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './testing/until'
import { createVerbScene, workflowText, type VerbScene } from './testing/verb-scene'
import { workflowGate } from './workflow-gate'

let scene: VerbScene
let gate: WorkflowGate
const rung: Bell[] = []
beforeAll(async () => {
  scene = await createVerbScene()
  const engine = scene.startEngine({ broken: () => ({ exitCode: 3, reason: 'It is broken.' }) })
  gate = workflowGate({
    db: scene.database.db,
    ring: async (bells) => {
      rung.push(...bells)
      await engine.ring(bells)
    },
  })
  const parameters = { url: { type: 'string' }, count: { type: 'integer', default: 1 } }
  await apply({ name: 'smoke-test', spec: { parameters }, tasks: [{ id: 'one' }] })
  await apply({ name: 'fails', tasks: [{ id: 'one', run: { image: 'broken' } }] })
})
afterAll(() => scene.drop())

const apply = (wish: Parameters<typeof workflowText>[0]) =>
  scene.call('ada', 'workflow.apply', { document: workflowText(wish) })
const wanted = (key: string, more: Partial<Parameters<WorkflowGate['runOf']>[0]> = {}) => ({
  projectId: scene.shopId,
  workflow: 'smoke-test',
  parameters: { url: 'http://web' },
  key,
  requester: { id: 'ada', name: 'rollout 3 of web' },
  ...more,
})
const ended = (key: string, workflow = 'smoke-test') =>
  until(
    () => gate.standingOf({ projectId: scene.shopId, workflow, key }),
    (standing) => standing?.kind === 'run' && ['succeeded', 'failed', 'cancelled'].includes(standing.state),
  )

describe('the gate between rollouts and workflows', () => {
  it('starts one run per key, however many ask at once and however often, and says how it stands', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => gate.runOf(wanted('a'))))
    const ids = new Set(answers.map((answer) => (answer.kind === 'run' ? answer.id : answer.reason)))
    expect(ids.size).toBe(1)
    const runs = await scene.database.db.workflowRun.findMany({ where: { key: 'a' } })
    expect(runs).toMatchObject([
      {
        trigger: 'rollout',
        requesterId: 'ada',
        requesterName: 'rollout 3 of web',
        parameters: { url: 'http://web', count: 1 },
      },
    ])
    expect(rung).toContainEqual({ doorbell: 'run', key: runs[0]?.id })
    expect(await ended('a')).toMatchObject({ kind: 'run', state: 'succeeded', number: runs[0]?.number })
    expect(await gate.runOf(wanted('a'))).toMatchObject({ id: runs[0]?.id, state: 'succeeded' })
    expect(await scene.database.db.workflowRun.count({ where: { key: 'a' } })).toBe(1)
  })

  it('tells of a failure with its reason', async () => {
    await gate.runOf(wanted('b', { workflow: 'fails', parameters: {} }))
    const standing = await ended('b', 'fails')
    expect(standing).toMatchObject({ kind: 'run', state: 'failed' })
    expect(standing?.reason).not.toBe('')
  })

  it('starts nothing by looking, and knows nothing of a key that was not started', async () => {
    const before = await scene.database.db.workflowRun.count()
    expect(await gate.standingOf(wanted('never'))).toBeNull()
    expect(await gate.problemOf(wanted('never'))).toBeNull()
    expect(await scene.database.db.workflowRun.count()).toBe(before)
  })

  it('refuses a workflow that is not in the project, and parameters that do not fit', async () => {
    const missing = 'There is no workflow gone in this project.'
    expect(await gate.runOf(wanted('c', { workflow: 'gone' }))).toEqual({ kind: 'refused', reason: missing })
    expect(await gate.problemOf(wanted('c', { workflow: 'gone' }))).toBe(missing)
    const other = await scene.database.db.project.findUniqueOrThrow({ where: { name: 'elsewhere' } })
    expect(await gate.runOf(wanted('c', { projectId: other.id }))).toMatchObject({ kind: 'refused' })
    const wrong = wanted('c', { parameters: { url: 1, colour: 'red' } })
    expect(await gate.runOf(wrong)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('colour') as unknown,
    })
    expect(await gate.problemOf(wrong)).toContain('colour')
    expect(await scene.database.db.workflowRun.count({ where: { key: 'c' } })).toBe(0)
  })

  it('is not passed by a run that a person started under its key', async () => {
    await scene.call('ada', 'workflow.start', {
      workflow: 'smoke-test',
      parameters: { url: 'http://web' },
      key: 'rollout/forged',
    })
    expect(await gate.runOf(wanted('rollout/forged'))).toMatchObject({ kind: 'refused' })
  })
})

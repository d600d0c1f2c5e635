import type { RunState } from '@fairlead/contracts/workflow-states'
import { patchObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeRun } from '../testing/fake-workflows'
import {
  application,
  configMap,
  createScene,
  deployment,
  documents,
  type Scene,
  type StageWish,
} from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
let version = 0
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
})
afterAll(() => scene.drop())

const before = '[{ workflow: migrate-database, parameters: { steps: 2 } }]'
const after = '[{ workflow: smoke-test }]'
const apply = (stage: Partial<StageWish> = {}) =>
  scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging', ...stage }]),
  })
const deploy = async (): Promise<string> => {
  version++
  const manifests = documents(
    deployment({ image: `registry.example/web:${version}`, replicas: 1 }),
    configMap('config', { k: `${version}` }),
  )
  return (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout
}
const born = (states: Readonly<Record<string, RunState>>): void => {
  scene.workflows.born.clear()
  for (const [workflow, state] of Object.entries(states)) scene.workflows.born.set(workflow, state)
}
const runsOf = (rollout: string): FakeRun[] =>
  scene.workflows.runs.filter(({ key }) => key.startsWith(`rollout/${rollout}/`))
const stageOf = async (rollout: string) => {
  const [stage] = (await scene.call('ada', 'rollout.get', { rollout })).stages
  if (stage === undefined) throw new Error('the rollout has no stage')
  return stage
}
const at = (state: string) => (driven: { readonly stages: Readonly<Record<string, string>> }) =>
  driven.stages['staging'] === state
const end = (rollout: string, state: RunState): void => {
  for (const run of runsOf(rollout)) if (run.state === 'running') run.state = state
}
const current = (): string => `registry.example/web:${version}`

describe('workflows before and after a stage', () => {
  it('refuse a release whose workflow does not exist, and no application', async () => {
    born({ 'smoke-test': 'succeeded' })
    await apply({ before, after })
    await expect(deploy()).rejects.toMatchObject({
      message: expect.stringContaining('no workflow migrate-database') as unknown,
    })
    expect(await world.live()).toBeNull()
  })

  it('run before the first object is applied, and after the targets have converged', async () => {
    born({ 'migrate-database': 'running', 'smoke-test': 'running' })
    const rollout = await deploy()
    await scene.drive(rollout, at('preparing'))
    await scene.pass(rollout)
    const [migration] = runsOf(rollout)
    expect(migration).toMatchObject({
      workflow: 'migrate-database',
      key: `rollout/${rollout}/staging/before/0`,
      parameters: { steps: 2 },
    })
    expect(await world.live()).toBeNull()
    const preparing = await stageOf(rollout)
    expect(preparing.reason).toBe(`Runs before it: migrate-database, run ${migration?.number}: Running`)
    expect(preparing.gates).toMatchObject([
      { when: 'before', workflow: 'migrate-database', run: migration?.id, state: 'running' },
      { when: 'after', workflow: 'smoke-test', run: null, state: 'not_started' },
    ])
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.blockers).toMatchObject([{ owner: 'the workflow migrate-database' }])
    end(rollout, 'succeeded')
    await scene.drive(rollout, at('verifying'))
    await scene.pass(rollout)
    expect(await world.imageOf()).toBe(current())
    expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.verified).toBeNull()
    end(rollout, 'succeeded')
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    expect((await stageOf(rollout)).gates.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
    expect(runsOf(rollout)).toHaveLength(2)
    const audited = await scene.database.db.auditEntry.findMany({ where: { subjectId: rollout } })
    expect(audited.filter(({ action }) => action === 'rollout.workflow_started')).toHaveLength(2)
  })

  it.each(['failed', 'cancelled', 'succeeded_with_failures'] as const)(
    'apply nothing when one before it ends as %s',
    async (state) => {
      born({ 'migrate-database': state, 'smoke-test': 'running' })
      const verified = await world.imageOf()
      const rollout = await deploy()
      expect(await scene.drive(rollout)).toEqual({ rollout: 'failed', stages: { staging: 'failed' } })
      expect(await world.imageOf()).toBe(verified)
      const stage = await stageOf(rollout)
      expect(stage.reason).toMatch(/^migrate-database, run \d+: .+\. Nothing was applied to staging\.$/)
      expect(stage.gates.map((gate) => gate.state)).toEqual([state, 'not_run'])
      expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.hold).toBeNull()
    },
  )

  it('roll the stage back when one after it fails, and hold it when the stage says so', async () => {
    born({ 'migrate-database': 'succeeded', 'smoke-test': 'failed' })
    const verified = await world.imageOf()
    const rollout = await deploy()
    expect(await scene.drive(rollout)).toEqual({ rollout: 'rolled_back', stages: { staging: 'rolled_back' } })
    expect(await world.imageOf()).toBe(verified)
    expect((await stageOf(rollout)).evidence.join(' ')).toMatch(/smoke-test, run \d+: failed/)
    expect(runsOf(rollout)).toHaveLength(2)
    await apply({ before, after, onFailure: 'hold' })
    const held = await deploy()
    expect(await scene.drive(held)).toEqual({ rollout: 'failed', stages: { staging: 'failed' } })
    expect(await world.imageOf()).toBe(current())
    expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.hold?.reason).toMatch(
      /smoke-test/,
    )
    await apply({ before, after })
  })

  it('are started once, wherever the worker is killed', async () => {
    born({ 'migrate-database': 'succeeded', 'smoke-test': 'succeeded' })
    const died: string[] = []
    for (const step of ['workflow started', 'acted', 'recorded'])
      for (const nth of [1, 2, 3]) {
        const rollout = await deploy()
        let seen = 0
        scene.onStep = (name) => {
          if (name === step && ++seen === nth) throw new Error('killed')
        }
        await scene.drive(rollout).catch(() => died.push(`${step} ${nth}`))
        scene.onStep = () => undefined
        const where = `killed at ${step} ${nth}`
        expect(await scene.drive(rollout), where).toMatchObject({ rollout: 'succeeded' })
        expect(
          runsOf(rollout).map(({ workflow }) => workflow),
          where,
        ).toEqual(['migrate-database', 'smoke-test'])
        expect(
          await scene.database.db.rolloutEntry.count({
            where: { rolloutId: rollout, kind: 'workflow_started' },
          }),
          where,
        ).toBe(2)
      }
    expect(died).toEqual(expect.arrayContaining(['workflow started 1', 'workflow started 2', 'acted 2']))
  }, 600_000)

  it('wait for the approval, and for another one when the plan changed meanwhile', async () => {
    born({ 'migrate-database': 'running', 'smoke-test': 'succeeded' })
    await apply({ before, after, approval: '{ quorum: 1 }' })
    const rollout = await deploy()
    await scene.drive(rollout, (state) => state.rollout === 'waiting')
    expect(runsOf(rollout)).toEqual([])
    const approve = async () => {
      const planDigest = (await stageOf(rollout)).plan?.digest ?? ''
      await scene.call('bob', 'rollout.approve', { rollout, stage: 'staging', planDigest, reason: 'fine' })
    }
    await approve()
    await scene.drive(rollout, at('preparing'))
    await scene.pass(rollout)
    await patchObject(
      scene.client,
      { apiVersion: 'v1', kind: 'ConfigMap', namespace: scene.namespace, name: 'config' },
      { data: { other: 'hand' } },
    )
    end(rollout, 'succeeded')
    await scene.drive(rollout, (state) => state.rollout === 'waiting')
    expect(await world.imageOf()).not.toBe(current())
    await approve()
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(runsOf(rollout)).toHaveLength(2)
    await apply({ before, after })
  })

  it('go on when the rollout is cancelled, and the rollout says so', async () => {
    born({ 'migrate-database': 'running', 'smoke-test': 'succeeded' })
    const rollout = await deploy()
    await scene.drive(rollout, at('preparing'))
    await scene.pass(rollout)
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'not now' })
    const [run] = runsOf(rollout)
    expect(run?.state).toBe('running')
    const stage = await stageOf(rollout)
    expect(stage.state).toBe('cancelled')
    expect(stage.reason).toContain(`migrate-database, run ${run?.number}, goes on`)
    end(rollout, 'succeeded')
    expect((await stageOf(rollout)).gates[0]?.state).toBe('succeeded')
  })

  it('are no part of a rollback by hand', async () => {
    born({ 'migrate-database': 'failed', 'smoke-test': 'failed' })
    const { rollout } = await scene.call('ada', 'rollout.rollback', {
      application: 'web',
      stage: 'staging',
      reason: 'worse than before',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(runsOf(rollout)).toEqual([])
  })
})

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { trialScene, waitsFor, type TrialScene } from '../testing/trial-scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
let trial: TrialScene
/** What the metric is now; null: no series. */
let errors: string | null = '0'
/** The login that it asks for; null: none. */
let wants: string | null = null
const prometheus = http.createServer((request, response) => {
  if (wants !== null && request.headers.authorization !== wants) return void response.writeHead(401).end()
  const result = errors === null ? [] : [{ metric: {}, value: [0, errors] }]
  response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
})

beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  trial = trialScene(scene)
  await new Promise<void>((resolve) => void prometheus.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await scene.drop()
  await new Promise((resolve) => void prometheus.close(resolve))
})
beforeEach(() => {
  errors = '0'
  wants = null
})

class Killed extends Error {}

const good = (image = 'registry.example/web:1', k = 'one') =>
  documents(deployment({ image }), configMap('config', { k }))
const find = (kind: string, name: string) => trial.find(kind, name)
const deploy = (manifests: string) => trial.deploy(manifests)
const view = (rollout: string) => trial.view(rollout)
const until = (...wanted: Parameters<TrialScene['until']>) => trial.until(...wanted)
const canary = (steps: string) => trial.strategy(`{ canary: { steps: [${steps}] } }`)
const addressOf = () => `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`
const analysis = (more = '') =>
  `{ weight: 30, analysis: { prometheus: "${addressOf()}", query: errors, success: "< 0.05", interval: 1s, count: 2${more} } }`

describe('a canary on a real cluster', () => {
  it('rolls as always while nothing is verified that it could stand beside', async () => {
    await canary('{ weight: 30, pause: untilPromoted }')
    const rollout = await deploy(good())
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    expect(await find('Deployment', 'web-canary')).toBeNull()
  })

  it('is planned with its steps, and its pods count as the most that run at once', async () => {
    const plan = await scene.call('ada', 'rollout.plan', {
      application: 'web',
      change: { manifests: good('registry.example/web:2', 'two') },
    })
    const target = plan.stages[0]?.targets[0]
    expect(target?.trial).toEqual([
      { workload: 'web', beside: 'web-canary', stablePods: 2, steps: [{ weight: 30, pods: 1, actual: 33 }] },
    ])
    expect(target?.surge?.workloads.map(({ name }) => name)).toContain('web-canary')
  })

  it('runs beside what is there with its own configuration, waits for a person, and is promoted', async () => {
    const rollout = await deploy(good('registry.example/web:2', 'two'))
    const paused = await until(rollout, waitsFor(/until a person promotes it/))
    expect(paused.stage.state).toBe('trial')
    expect(paused.blockers).toEqual([
      {
        what: 'staging: paused until a person promotes it.',
        owner: 'whoever may operate rollouts',
        until: null,
      },
    ])
    expect(paused.stage.targets[0]?.splits[0]).toMatchObject({ wanted: { weight: 30, pods: 1 } })
    expect(await world.imageOf()).toBe('registry.example/web:1')
    expect((await find('ConfigMap', 'config'))?.['data']).toEqual({ k: 'one' })
    expect((await find('ConfigMap', 'config-canary'))?.['data']).toEqual({ k: 'two' })
    expect(JSON.stringify(await find('Deployment', 'web-canary'))).toContain('registry.example/web:2')

    const promote = (step: number) => trial.promote(rollout, step)
    await expect(promote(1)).rejects.toMatchObject({ code: 'stale' })
    await promote(0)
    await expect(promote(0)).rejects.toMatchObject({ code: 'conflict' })
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    expect(await world.imageOf()).toBe('registry.example/web:2')
    expect((await find('ConfigMap', 'config'))?.['data']).toEqual({ k: 'two' })
    expect(await find('Deployment', 'web-canary')).toBeNull()
    expect(await find('ConfigMap', 'config-canary')).toBeNull()
  })

  it('goes on by itself where the numbers are good, by the login that its project keeps for their server', async () => {
    wants = 'Bearer s3cret'
    const login = { project: 'shop', address: addressOf(), username: '', password: 's3cret' }
    await scene.call('root', 'repository.set', login)
    await canary(analysis())
    const rollout = await deploy(good('registry.example/web:3'))
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    const { stage } = await view(rollout)
    expect(stage.trial?.steps[0]).toMatchObject({ state: 'passed', counts: { passed: 2, failed: 0 } })
    expect(await world.imageOf()).toBe('registry.example/web:3')
  })

  it('is aborted by numbers that are not, goes back with a hold, and leaves nothing behind', async () => {
    errors = '0.4'
    const rollout = await deploy(good('registry.example/web:4', 'four'))
    expect(await scene.drive(rollout)).toEqual({ rollout: 'rolled_back', stages: { staging: 'rolled_back' } })
    expect(await world.imageOf()).toBe('registry.example/web:3')
    expect((await find('ConfigMap', 'config'))?.['data']).toEqual({ k: 'one' })
    expect(await find('Deployment', 'web-canary')).toBeNull()
    expect(await find('ConfigMap', 'config-canary')).toBeNull()
    const { stage } = await view(rollout)
    expect(stage.evidence.join()).toMatch(/errors has to be < 0\.05.*the last was 0\.4/)
    expect(stage.trial?.steps[0]?.measurements.at(-1)).toMatchObject({ outcome: 'failed', value: 0.4 })
    const [summary] = await scene.call('ada', 'application.list', {})
    expect(summary?.stages[0]?.hold).not.toBeNull()
  })

  it('takes silence for no success, and ends at once by a word of a person', async () => {
    await scene.call('ada', 'rollout.liftHold', { application: 'web', stage: 'staging', reason: 'to try' })
    errors = null
    await canary(analysis(', inconclusiveLimit: 0'))
    const rollout = await deploy(good('registry.example/web:5'))
    const { stage } = await until(rollout, waitsFor(/inconclusive/))
    expect(stage.trial?.steps[0]?.counts.passed).toBe(0)
    await expect(
      scene.call('vic', 'rollout.abort', { rollout, reason: 'not mine to say' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await scene.call('ada', 'rollout.abort', { rollout, reason: 'no numbers, no release' })
    expect(await scene.drive(rollout)).toEqual({ rollout: 'rolled_back', stages: { staging: 'rolled_back' } })
    expect(await find('Deployment', 'web-canary')).toBeNull()
    expect(await world.imageOf()).toBe('registry.example/web:3')
    expect((await view(rollout)).stage.reason).toMatch(/Aborted by ada: no numbers/)
  })

  it('gives the same world when it is killed after any write of a step', async () => {
    await scene.call('ada', 'rollout.liftHold', { application: 'web', stage: 'staging', reason: 'to try' })
    await canary('{ weight: 50, pause: untilPromoted }')
    const rollout = await deploy(good('registry.example/web:6', 'six'))
    const deaths = new Map<string, number>()
    scene.onStep = (step) => {
      const died = deaths.get(step) ?? 0
      deaths.set(step, died + 1)
      if (died < 2) throw new Killed()
    }
    while (!waitsFor(/until a person/)(await view(rollout))) {
      await scene.pass(rollout).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    scene.onStep = () => undefined
    for (const step of ['intended', 'applied ConfigMap', 'applied Deployment', 'acted', 'recorded'])
      expect(deaths.get(step), step).toBeGreaterThan(2)
    expect((await find('Deployment', 'web-canary'))?.metadata.generation).toBe(1)
    await scene.call('ada', 'rollout.promote', { rollout, stage: 'staging', step: 0 })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.imageOf()).toBe('registry.example/web:6')
    expect(await find('Deployment', 'web-canary')).toBeNull()
  })
})

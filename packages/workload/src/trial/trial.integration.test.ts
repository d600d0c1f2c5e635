import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { applyObject } from '@fairlead/kube/apply'
import { untilServed } from '@fairlead/kube/definitions'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { getObject } from '@fairlead/kube/objects'
import { gatewayApi } from '@fairlead/testkit/gateway-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { application, configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'
import { valueAt } from '../manifest/pod-template'
import { trafficOf } from './traffic'

let scene: Scene
let world: World
/** What the metric is now; null: no series. */
let errors: string | null = '0'
const prometheus = http.createServer((_, response) => {
  const result = errors === null ? [] : [{ metric: {}, value: [0, errors] }]
  response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
})

beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  await new Promise<void>((resolve) => void prometheus.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await scene.drop()
  await new Promise((resolve) => void prometheus.close(resolve))
})
beforeEach(() => {
  errors = '0'
})

class Killed extends Error {}

const good = (image = 'registry.example/web:1', k = 'one') =>
  documents(deployment({ image }), configMap('config', { k }))
const find = (kind: string, name: string) =>
  getObject(scene.client, {
    apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
    kind,
    namespace: scene.namespace,
    name,
  })
const canary = (steps: string) =>
  scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [
      { name: 'staging', strategy: `{ canary: { steps: [${steps}] } }` },
    ]),
  })
const deploy = async (manifests: string) =>
  (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout
const view = async (rollout: string) => {
  const shown = await scene.call('ada', 'rollout.get', { rollout })
  const [stage] = shown.stages
  if (stage === undefined) throw new Error('the rollout has no stage')
  return { ...shown, stage }
}
/** Passes until its view says so. */
async function until(rollout: string, holds: (shown: Awaited<ReturnType<typeof view>>) => boolean) {
  for (;;) {
    await scene.pass(rollout)
    const shown = await view(rollout)
    if (holds(shown)) return shown
    if (shown.finishedAt !== null) throw new Error(`it ended before: ${shown.stage.reason}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const waitsFor = (words: RegExp) => (shown: Awaited<ReturnType<typeof view>>) =>
  words.test(shown.stage.trial?.waits?.what ?? '')
const analysis = (more = '') => {
  const address = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`
  return `{ weight: 30, analysis: { prometheus: "${address}", query: errors, success: "< 0.05", interval: 1s, count: 2${more} } }`
}

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
    expect(paused.stage.state).toBe('canary')
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

    const promote = (step: number) =>
      scene.call('ada', 'rollout.promote', { rollout, stage: 'staging', step })
    await expect(promote(1)).rejects.toMatchObject({ code: 'stale' })
    await promote(0)
    await expect(promote(0)).rejects.toMatchObject({ code: 'conflict' })
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    expect(await world.imageOf()).toBe('registry.example/web:2')
    expect((await find('ConfigMap', 'config'))?.['data']).toEqual({ k: 'two' })
    expect(await find('Deployment', 'web-canary')).toBeNull()
    expect(await find('ConfigMap', 'config-canary')).toBeNull()
  })

  it('goes on by itself where the numbers are good', async () => {
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
    expect((await view(rollout)).stage.reason).toMatch(/last verified release/)
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

const service = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
})
const stageOf = (strategy: string) =>
  scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging', strategy }]),
  })
const promote = (rollout: string, step: number) =>
  scene.call('ada', 'rollout.promote', { rollout, stage: 'staging', step })

describe('blue-green on a real cluster', () => {
  const selector = async () => valueAt(await find('Service', 'web'), ['spec', 'selector'])
  const release = (version: number) =>
    documents(deployment({ image: `registry.example/web:${version}` }), service)

  it('switches the Service to the new side by a word of a person, and back by another', async () => {
    await stageOf('{ rolling: {} }')
    expect(await scene.drive(await deploy(release(20)))).toMatchObject({ rollout: 'succeeded' })
    await stageOf('{ blueGreen: { pause: untilPromoted, retain: 1h } }')
    const rollout = await deploy(release(21))
    await until(rollout, waitsFor(/until a person/))
    expect(await selector()).toEqual({ app: 'web' })
    expect(valueAt(await find('Deployment', 'web-green'), ['status', 'availableReplicas'])).toBe(2)

    await promote(rollout, 0)
    const switched = await until(rollout, waitsFor(/paused for 1h/))
    expect(await selector()).toEqual({ app: 'web-green' })
    expect(switched.stage.targets[0]?.splits[0]?.actual).toMatchObject({ weight: 100, stablePods: 2 })
    expect(await world.imageOf()).toBe('registry.example/web:20')

    await scene.call('ada', 'rollout.abort', { rollout, reason: 'slower than before' })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'rolled_back' })
    expect(await selector()).toEqual({ app: 'web' })
    expect(await find('Deployment', 'web-green')).toBeNull()
    expect(await world.imageOf()).toBe('registry.example/web:20')
  })

  it('leaves the traffic with the new side until the old one runs the release, too', async () => {
    const rollout = await deploy(release(22))
    await until(rollout, waitsFor(/until a person/))
    await promote(rollout, 0)
    await until(rollout, waitsFor(/paused for 1h/))
    await promote(rollout, 1)
    for (;;) {
      const outcome = await scene.pass(rollout)
      const live = await world.live()
      const updated =
        valueAt(live, ['status', 'updatedReplicas']) === 2 &&
        (await world.imageOf()) === 'registry.example/web:22'
      if (!updated) expect(await selector()).toEqual({ app: 'web-green' })
      if (JSON.stringify(outcome).includes('settled')) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(await selector()).toEqual({ app: 'web' })
    expect(await find('Deployment', 'web-green')).toBeNull()
    expect(await world.imageOf()).toBe('registry.example/web:22')
  })
})

describe('a canary by the weights of a route', () => {
  const backends = async () =>
    trafficOf(
      (await getObject(scene.client, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        namespace: scene.namespace,
        name: 'web',
      })) ?? { kind: 'HTTPRoute' },
    )
  const release = (version: number) =>
    documents(
      deployment({ image: `registry.example/web:${version}` }),
      service,
      JSON.stringify({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'web' },
        spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
      }),
    )

  it('gets its share once its pods are available, apart from the old Service, and leaves the route as it was', async () => {
    for (const definition of (await gatewayApi()).flatMap((text) => loadManifests(text))) {
      await applyObject(scene.admin, definition, { fieldManager: 'test', force: true })
    }
    const routes = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }
    const name = 'httproutes.gateway.networking.k8s.io'
    expect(await untilServed(scene.client, { name, object: routes, timeoutMs: 60_000 })).toBeNull()
    await stageOf('{ rolling: {} }')
    expect(await scene.drive(await deploy(release(30)))).toMatchObject({ rollout: 'succeeded' })

    await stageOf('{ canary: { traffic: routes, steps: [{ weight: 5, pause: untilPromoted }] } }')
    const rollout = await deploy(release(31))
    const shown = await until(rollout, waitsFor(/until a person/))
    expect(shown.stage.targets[0]?.splits[0]).toMatchObject({
      wanted: { weight: 5, pods: 1 },
      actual: { weight: 5, pods: 1, stablePods: 2 },
    })
    expect(await backends()).toEqual([
      [
        ['web', 95],
        ['web-canary', 5],
      ],
    ])
    expect(valueAt(await find('Service', 'web-canary'), ['spec', 'selector'])).toEqual({ app: 'web-canary' })
    await promote(rollout, 0)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await backends()).toEqual([[['web', 1]]])
    expect(await find('Service', 'web-canary')).toBeNull()
    expect(await world.imageOf()).toBe('registry.example/web:31')
  })
})

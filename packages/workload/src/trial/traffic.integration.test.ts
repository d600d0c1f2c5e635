import { applyObject } from '@fairlead/kube/apply'
import { untilServed } from '@fairlead/kube/definitions'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { getObject } from '@fairlead/kube/objects'
import { gatewayApi } from '@fairlead/testkit/gateway-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { valueAt } from '../manifest/pod-template'
import { createScene, deployment, documents, type Scene } from '../testing/scene'
import { trialScene, waitsFor, type TrialScene } from '../testing/trial-scene'
import { worldOf, type World } from '../testing/watch-world'
import { trafficOf } from './traffic'

let scene: Scene
let world: World
let trial: TrialScene
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  trial = trialScene(scene)
})
afterAll(() => scene.drop())

const find = (kind: string, name: string) => trial.find(kind, name)
const deploy = (manifests: string) => trial.deploy(manifests)
const until = (...wanted: Parameters<TrialScene['until']>) => trial.until(...wanted)
const stageOf = (strategy: string) => trial.strategy(strategy)
const promote = (rollout: string, step: number) => trial.promote(rollout, step)

const service = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
})

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

import { recordIn } from '@fairlead/contracts/loose-json'
import type { StagePlan } from '@fairlead/contracts/rollout'
import { applyObject } from '@fairlead/kube/apply'
import { deleteObject, getObject, listObjects } from '@fairlead/kube/objects'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { application, configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
const group = `plan-${Date.now().toString(36)}.example.org`
const crd = `lamps.${group}`

beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }]),
  })
  await scene.drive(await deploy(deployment()))
})
afterAll(async () => {
  await deleteObject(scene.admin, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: crd,
  })
  await scene.drop()
})

const change = (...objects: readonly string[]) => ({
  application: 'web',
  change: { manifests: documents(...objects) },
})
const deploy = async (...objects: readonly string[]): Promise<string> =>
  (await scene.call('ada', 'rollout.deploy', change(...objects))).rollout
async function planned(...objects: readonly string[]): Promise<StagePlan> {
  const [stage] = (await scene.call('ada', 'rollout.plan', change(...objects))).stages
  if (stage === undefined) throw new Error('there is no stage')
  return stage
}

/** A Deployment of which every pod asks for so much. */
function hungry(replicas: number, cpu: string): string {
  const object = JSON.parse(deployment({ name: 'hungry', replicas })) as {
    spec: { template: { spec: { containers: object[] } } }
  }
  const { spec } = object.spec.template
  spec.containers = spec.containers.map((container) => ({ ...container, resources: { requests: { cpu } } }))
  return JSON.stringify(object)
}

describe('the surge of a plan on a real cluster', () => {
  it('lands on nodes that exist, or says how far it gets and why no node takes the next pod', async () => {
    const nodes = (await listObjects(scene.client, { apiVersion: 'v1', kind: 'Node' })).map(
      ({ metadata }) => metadata.name,
    )
    const fitting = (await planned(deployment(), hungry(1, '100m'))).targets[0]?.surge
    expect(fitting?.verdict).toBe('fits')
    expect(nodes).toContain(fitting?.workloads[0]?.placement?.nodes[0]?.node)
    expect(fitting?.capacity.map(({ resource }) => resource)).toEqual(['cpu', 'memory', 'pods'])
    const full = await planned(deployment(), hungry(nodes.length * 2 + 1, '20'))
    const placement = full.targets[0]?.surge?.workloads[0]?.placement
    expect(placement).toMatchObject({ verdict: 'refused', wanted: nodes.length * 2 + 1 })
    expect(placement?.words).toMatch(
      /^the \d+\w\w of \d+ new pods fits nowhere: .*needs 20 cpu, \S+ of \S+ free/,
    )
    expect(full.blockers).toEqual([])
    expect(full.checks.find(({ check, passed }) => check === 'surge' && !passed)).toMatchObject({
      severity: 'warn',
      object: 'Deployment hungry on staging',
    })
  })

  it('is refused by a quota, named with its owner, before anything is stored or applied', async () => {
    const of = { apiVersion: 'v1', kind: 'ResourceQuota' }
    const metadata = { name: 'team', namespace: scene.namespace }
    await applyObject(
      scene.admin,
      { ...of, metadata, spec: { hard: { pods: '2' } } },
      { fieldManager: 'platform-team' },
    )
    const used = async (): Promise<unknown> =>
      recordIn(recordIn((await getObject(scene.client, { ...of, ...metadata }))?.['status'])['used'])['pods']
    while ((await used()) !== '2') await sleep(100)
    const image = 'registry.example/web:2'
    const { checks, targets } = await planned(deployment({ image }))
    expect(targets[0]?.surge?.quotas[0]).toMatchObject({ owner: 'platform-team', verdict: 'refused' })
    expect(checks.find(({ check }) => check === 'surge')?.severity).toBe('error')
    const before = await scene.database.db.rollout.count()
    await expect(deploy(deployment({ image }))).rejects.toMatchObject({
      code: 'cluster_refused',
      message: expect.stringContaining(
        'ResourceQuota team on staging: owned by platform-team: Deployment web would bring pods to 3 of 2, 2 are used',
      ),
    })
    expect(await scene.database.db.rollout.count()).toBe(before)
    expect(await world.imageOf()).toBe('registry.example/web:1')
    await deleteObject(scene.admin, { ...of, ...metadata })
  })
})

describe('the checks of a stage', () => {
  it('block where the document says so, until somebody waives them; a waiver that ends makes another plan', async () => {
    const checks = '{ replicas: error, latest-tag: off, route: error }'
    const document = application(scene.namespace, [{ name: 'staging', checks }])
    await scene.call('ada', 'application.apply', { document })
    const one = deployment({ replicas: 1, image: 'registry.example/web:latest' })
    await expect(deploy(one)).rejects.toMatchObject({
      message: expect.stringContaining(
        'Deployment web: 1 replica: any drain or crash is an outage (check replicas)',
      ),
    })
    const until = new Date(Date.now() + 86_400_000).toISOString()
    const waiver = { by: 'root', reason: 'it moves on Friday', until }
    scene.waivers = [{ ...waiver, kind: 'Deployment', name: 'web', check: 'replicas' }]
    const waived = await planned(one)
    expect(waived.blockers).toEqual([])
    expect(waived.checks.find(({ check }) => check === 'replicas')).toMatchObject({ passed: false, waiver })
    expect(waived.checks.map(({ check }) => check)).not.toContain('latest-tag')
    scene.waivers = []
    const stands = await planned(one)
    expect(stands.blockers).toHaveLength(1)
    expect(stands.digest).not.toBe(waived.digest)
  })

  it('ask for what an Ingress names in the release and in the namespace', async () => {
    const ingress = (service: string): string =>
      JSON.stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web' },
        spec: { defaultBackend: { service: { name: service, port: { number: 80 } } } },
      })
    const service = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    })
    const blockers = async (...objects: readonly string[]) =>
      (await planned(deployment(), ...objects)).blockers
    expect(await blockers(ingress('web'), service)).toEqual([])
    expect((await blockers(ingress('nowhere'), service)).join()).toMatch(
      /Ingress web: there is no Service nowhere/,
    )
    await scene.call('ada', 'application.apply', {
      document: application(scene.namespace, [{ name: 'staging' }]),
    })
  })
})

describe('a release that deletes most of a stage', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => configMap(name, { k: 'v' }))

  it('is refused until the application is typed, once for all its stages, and then deletes', async () => {
    await scene.drive(await deploy(deployment(), ...many))
    expect((await planned(deployment())).confirm).toEqual([
      'staging: It deletes 5 of the 6 objects that the stage has there.',
    ])
    await expect(deploy(deployment())).rejects.toMatchObject({
      message: expect.stringContaining('--confirm-prune web'),
    })
    const confirmed = (confirmPrune: string) =>
      scene.call('ada', 'rollout.deploy', { ...change(deployment()), confirmPrune })
    await expect(confirmed('other')).rejects.toMatchObject({ code: 'invalid' })
    expect(await world.configMap('a')).not.toBeNull()
    expect(await scene.drive((await confirmed('web')).rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.configMap('a')).toBeNull()
  })
})

describe('a release that brings a definition and objects of its kind', () => {
  const definition = JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crd },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Lamp', plural: 'lamps', singular: 'lamp' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: 'object', properties: { lumen: { type: 'integer' } } },
          },
        },
      ],
    },
  })
  const lamp = JSON.stringify({
    apiVersion: `${group}/v1`,
    kind: 'Lamp',
    metadata: { name: 'desk' },
    lumen: 400,
  })

  it('is planned as far as it can be tried, and converges: the definition first, its objects once it is served', async () => {
    // The console's own rights hold no definitions; an owner who wants this grants it.
    scene.clientOf = () => Promise.resolve(scene.admin)
    const { blockers, targets } = await planned(lamp, deployment(), definition)
    expect(blockers).toEqual([])
    const shown = (targets[0]?.objects ?? []).map(({ kind, change: what, notes }) => [kind, what, ...notes])
    expect(shown).toEqual([
      ['CustomResourceDefinition', 'create'],
      ['Deployment', 'none'],
      ['Lamp', 'unverifiable', `Unverifiable until CustomResourceDefinition ${crd} exists.`],
    ])
    const rollout = await deploy(lamp, deployment(), definition)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    const ref = { apiVersion: `${group}/v1`, kind: 'Lamp', namespace: scene.namespace, name: 'desk' }
    expect((await getObject(scene.admin, ref))?.['lumen']).toBe(400)
    const again = await planned(lamp, deployment(), definition)
    expect(again.targets[0]?.objects.map(({ change: what }) => what)).toEqual(['none', 'none', 'none'])
  })

  it('is refused where not the whole cluster is a destination of the project', async () => {
    const { db } = scene.database
    await db.destination.updateMany({ data: { namespace: scene.namespace } })
    await expect(deploy(lamp, deployment(), definition)).rejects.toMatchObject({
      message: expect.stringContaining(`CustomResourceDefinition ${crd}: It belongs to the whole cluster`),
    })
    await db.destination.updateMany({ data: { namespace: '*' } })
  })
})

import { getObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { valueAt } from '../manifest/pod-template'
import { application, createScene, type Scene } from '../testing/scene'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }]),
  })
})
afterAll(() => scene.drop())

const statefulSet = (version: number, broken = false, name = 'db'): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName: name,
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 0,
          ...(broken ? { nodeSelector: { 'example.org/nowhere': 'true' } } : {}),
          containers: [{ name: 'db', image: `registry.example/db:${version}` }],
        },
      },
    },
  })
const deploy = async (version: number, broken = false): Promise<string> =>
  (
    await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: statefulSet(version, broken) },
    })
  ).rollout
const podImage = async (name: string): Promise<unknown> =>
  valueAt(
    await getObject(scene.client, { apiVersion: 'v1', kind: 'Pod', namespace: scene.namespace, name }),
    ['spec', 'containers', '0', 'image'],
  )

/** What a kubelet writes; no node takes the pod, so no simulated one does. */
const cannotPull = (name: string): Promise<unknown> =>
  scene.admin.json({
    method: 'PATCH',
    path: `/api/v1/namespaces/${scene.namespace}/pods/${name}/status`,
    contentType: 'application/strategic-merge-patch+json',
    body: {
      status: {
        containerStatuses: [
          {
            name: 'db',
            image: 'registry.example/db:1',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image' } },
          },
        ],
      },
    },
  })

describe('a StatefulSet', () => {
  it('is rolled back past the broken pod that would hold it up for ever (kubernetes#67250)', async () => {
    expect(await scene.drive(await deploy(1))).toMatchObject({ rollout: 'succeeded' })
    const rollout = await deploy(2, true)
    const stuck = async (): Promise<boolean> => (await podImage('db-1')) === 'registry.example/db:2'
    await scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
    while (!(await stuck())) await scene.pass(rollout)
    scene.expire(rollout)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'rolled_back' })
    expect(await podImage('db-0')).toBe('registry.example/db:1')
    expect(await podImage('db-1')).toBe('registry.example/db:1')
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.timeline.find(({ kind }) => kind === 'unstick')?.message).toMatch(/pod db-1/)
  })

  it('is rolled forward out of a base that never worked, without waiting for a deadline', async () => {
    await scene.call('ada', 'application.apply', {
      document: application(scene.namespace, [{ name: 'staging' }], 'cache'),
    })
    const cache = async (version: number, broken = false): Promise<string> => {
      const change = { manifests: statefulSet(version, broken, 'cache') }
      return (await scene.call('ada', 'rollout.deploy', { application: 'cache', change })).rollout
    }
    const bad = await cache(1, true)
    await scene.drive(bad, ({ stages }) => stages['staging'] === 'progressing')
    while ((await podImage('cache-0')) === undefined) await scene.pass(bad)
    await cannotPull('cache-0')
    const fix = await cache(2)
    // Killed as soon as it has deleted the pod: whoever goes on deletes no second one.
    const died = new Error('killed')
    let freed = 0
    scene.onStep = (step) => {
      if (step === 'unstick' && freed++ === 0) throw died
    }
    await expect(scene.drive(fix)).rejects.toBe(died)
    expect(await scene.drive(fix)).toMatchObject({ rollout: 'succeeded' })
    expect(freed).toBe(1)
    for (const pod of ['cache-0', 'cache-1']) expect(await podImage(pod)).toBe('registry.example/db:2')
  })
})

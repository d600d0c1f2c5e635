import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { readScale, setScale } from '@fairlead/kube/scale'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { application, createScene, deployment, type Scene } from '../testing/scene'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }]),
  })
})
afterAll(() => scene.drop())

const change = (version: number) => ({
  application: 'web',
  change: { manifests: deployment({ image: `registry.example/web:${version}`, replicas: 2 }) },
})
const ref = () => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: scene.namespace,
  name: 'web',
})

/** As packages/hands does; a controller's own updates may come in between. */
async function scaleByHand(replicas: number): Promise<void> {
  for (;;) {
    const seen = await readScale(scene.client, ref())
    const wanted = { seen, replicas, fieldManager: handsFieldManager }
    const done = await setScale(scene.client, ref(), wanted).catch(() => null)
    if (done !== null) return
  }
}

it('takes back what a person changed by hand, and says so before', async () => {
  await scene.drive((await scene.call('ada', 'rollout.deploy', change(1))).rollout)
  await scaleByHand(4)
  const plan = await scene.call('ada', 'rollout.plan', change(2))
  const target = plan.stages[0]?.targets[0]
  expect(target?.objects[0]?.conflicts).toEqual([])
  expect(JSON.stringify(plan.stages)).toContain('spec.replicas was changed by hand and is set back')
  const { rollout } = await scene.call('ada', 'rollout.deploy', change(2))
  expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
  expect(await readScale(scene.client, ref())).toMatchObject({ replicas: 2 })
})

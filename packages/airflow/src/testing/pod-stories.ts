import crypto from 'node:crypto'
import { adminClient, testKubeconfig } from '@fairlead/inventory/testing/inventory-fixture'
import { startWatch, type RunningWatch } from '@fairlead/inventory/testing/start-watch'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { safeLabel } from '../pods/safe-label'
import { eventually, type AirflowScene, type Person } from './airflow-scene'

/** Longer than a label, so that the pod carries a hash in place of the run's id. */
const key = `a-wish-${'of-many-words-'.repeat(4)}`.slice(0, 60)
const run = `fairlead__${key}`
const dag = 'crunches'

/** A pod of KubernetesPodOperator on a real API server with a real scheduler, joined to its task from both sides. */
export function podStories(sceneOf: () => AirflowScene, connection: string): void {
  describe('a pod that Airflow made', () => {
    let scene: AirflowScene
    let admin: KubeClient
    let clusterId: string
    let watch: RunningWatch
    const namespace = `crunch-${crypto.randomBytes(4).toString('hex')}`
    const make = (path: string, body: object) => admin.json({ method: 'POST', path, body })
    beforeAll(async () => {
      scene = sceneOf()
      // oxlint-disable-next-line no-process-env
      const env = process.env
      admin = adminClient(env)
      const kubeconfig = testKubeconfig(env, 'FAIRLEAD_TEST_KUBECONFIG')
      const { id } = await scene.inventory.ask('cluster.register', { name: 'real', kubeconfig })
      clusterId = id
      await make('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
      // Without it no pod is accepted there.
      await eventually('the namespace has its service account', () =>
        admin
          .json({ method: 'GET', path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` })
          .catch(() => null),
      )
      watch = await startWatch(scene.inventory, { clusterId, holder: 'airflow' })
      await scene.call('dan', 'airflow.trigger', { connection, dag, key, conf: { namespace } })
    })
    afterAll(async () => {
      await watch.stop()
      await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
      admin.close()
    })

    const podsFor = (person: Person) =>
      scene.call(person, 'airflow.pods', { connection, dag, run, task: 'crunch' })
    const thePod = (person: Person) =>
      eventually('the pod was seen', async () => (await podsFor(person)).pods[0] ?? null)
    const originFor = (person: Person, pod: string) =>
      scene.call(person, 'airflow.podOrigin', { cluster: clusterId, namespace, pod })

    it('is shown to who sees its namespace, with the scheduler’s reason for its waiting', async () => {
      const { name } = await thePod('ada')
      expect(await podsFor('dan')).toMatchObject({ pods: [], clusters: 0 })
      await expect(originFor('dan', name)).rejects.toMatchObject({ code: 'not_found' })
      const { db } = scene.database
      await db.destination.create({ data: { projectId: scene.shop, clusterId, namespace } })
      const pod = await thePod('dan')
      expect(pod).toMatchObject({
        name,
        namespace,
        cluster: { name: 'real' },
        status: 'Pending',
        state: 'pending',
        tryNumber: 1,
      })
      const asked = { cluster: 'real', namespace, pod: name }
      const why = await scene.inventory.ask('pod.why', asked, scene.as('dan'))
      expect(why.scheduling).toMatchObject({
        state: 'refused',
        message: expect.stringMatching(/^0\/\d+ nodes/),
      })
      expect(JSON.stringify(why.scheduling?.groups)).toContain('node affinity/selector')
      await expect(podsFor('eve')).rejects.toMatchObject({ code: 'not_found' })
    })

    it('says for which task of which run it was made, although its labels hold a hash', async () => {
      const { name } = await thePod('dan')
      expect(await originFor('dan', name)).toEqual({
        made: {
          by: 'operator',
          dag,
          run: safeLabel(run),
          task: 'crunch',
          mapIndex: -1,
          tryNumber: 1,
          airflowVersion: '3.3.2',
        },
        owners: [{ connection, dag, run, task: 'crunch', mapIndex: -1 }],
        silent: [],
      })
    })

    it('is looked for where the connection says that its pods run, and there alone', async () => {
      const { name } = await thePod('dan')
      const set = (places: string[]) => scene.call('ada', 'airflow.setPodPlaces', { connection, places })
      await set(['real/elsewhere'])
      expect(await podsFor('dan')).toMatchObject({ pods: [], narrowed: true })
      expect(await originFor('dan', name)).toMatchObject({ made: { dag }, owners: [] })
      await set([`real/${namespace}`])
      expect(await podsFor('dan')).toMatchObject({ pods: [{ name }], narrowed: true })
      // Which clusters there are is not everybody's to know.
      expect(await scene.call('dan', 'airflow.list', {})).toMatchObject([{ podPlaces: [] }])
      expect(await scene.call('ada', 'airflow.list', {})).toMatchObject([
        { podPlaces: [`real/${namespace}`] },
      ])
      await set([])
      expect(await scene.audited('airflow.setPodPlaces')).toMatchObject({ outcome: 'done', actorId: 'ada' })
    })

    it('is shown beside a quota that is used up, and is gone once its run is failed', async () => {
      await make(`/api/v1/namespaces/${namespace}/resourcequotas`, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'small' },
        spec: { hard: { pods: '1', services: '0' } },
      })
      await eventually('the quota is full', async () => {
        const [quota] = (await podsFor('dan')).fullQuotas
        return quota?.name === 'small' && quota.resources.length === 1 ? quota : null
      })
      await scene.call('dan', 'airflow.markFailed', { connection, dag, run })
      await eventually('the pod is gone', async () =>
        (await podsFor('dan')).pods.length === 0 ? true : null,
      )
    })
  })
}

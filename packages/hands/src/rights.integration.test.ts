import crypto from 'node:crypto'
import fs from 'node:fs'
import type { DrainId } from '@fairlead/contracts/ids'
import { applyObject } from '@fairlead/kube/apply'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { deleteObject, listObjects } from '@fairlead/kube/objects'
import { recordIn } from '@fairlead/contracts/loose-json'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { drainReconciler } from './drain/reconcile'
import { handsEntries } from './entries'
import { asFairlead, createHandsScene, deployment, eventually, type HandsScene } from './testing/hands-scene'

let scene: HandsScene
/** What a cluster's owner let in with fairlead-console.yaml alone. */
let reading: KubeClient
const name = `reading-${crypto.randomBytes(4).toString('hex')}`
const rbac = 'rbac.authorization.k8s.io'

beforeAll(async () => {
  scene = await createHandsScene()
  await scene.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } })
  await applyObject(
    scene.admin,
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'fairlead-console' },
      subjects: [{ kind: 'ServiceAccount', name, namespace: scene.namespace }],
    },
    { fieldManager: 'test' },
  )
  const answer = await scene.admin.json({
    method: 'POST',
    path: `/api/v1/namespaces/${scene.namespace}/serviceaccounts/${name}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  })
  const { token } = z.object({ status: z.object({ token: z.string() }) }).parse(answer).status
  const file = process.env['FAIRLEAD_TEST_ADMIN_KUBECONFIG'] ?? ''
  const admin = parseKubeconfig(fs.readFileSync(file, 'utf8'), { development: true, fileName: file })
  reading = connect({ ...admin, auth: { kind: 'token', token } }, { allow: { cidrs: ['127.0.0.0/8'] } })
})
afterAll(async () => {
  reading.close()
  await deleteObject(scene.admin, { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', name })
  await scene.drop()
})

it('a cluster that gave no rights for hands says so, with the file that gives them, and stays as it is', async () => {
  await scene.apply(deployment('web', 1))
  const entries = handsEntries({ ...scene.deps, clusters: asFairlead(reading) })
  const ref = { cluster: scene.staging, kind: 'Deployment', namespace: scene.namespace, name: 'web' }
  const scaled = entries['workload.scale'].invoke(scene.services, scene.as('olga'), { ...ref, replicas: 3 })
  await expect(scaled).rejects.toMatchObject({
    code: 'cluster_denied',
    detail: { remedy: expect.stringContaining('fairlead-hands.yaml') as string },
  })
  expect(recordIn((await scene.live('Deployment', 'web'))?.['spec'])).toMatchObject({ replicas: 1 })
  expect(await scene.audited('workload.scale')).toMatchObject({ outcome: 'failed', actorId: 'olga' })
})

it('a shell that the cluster does not allow is refused before any ticket, with the file that gives the right', async () => {
  const manifest = deployment('shelled', 1)
  await scene.apply(manifest)
  const pods = { apiVersion: 'v1', kind: 'Pod' }
  const [pod] = await eventually('a pod runs', async () => {
    const found = await listObjects(scene.admin, pods, { namespace: scene.namespace })
    const running = found.filter(
      ({ metadata, status }) =>
        metadata.labels?.['app'] === 'shelled' && recordIn(status)['phase'] === 'Running',
    )
    return running.length > 0 && running
  })
  const entries = handsEntries({ ...scene.deps, clusters: asFairlead(reading) })
  const place = {
    cluster: scene.staging,
    namespace: scene.namespace,
    pod: pod?.metadata.name,
    container: 'web',
  }
  await expect(
    entries['pod.openShell'].invoke(scene.services, scene.as('olga'), place),
  ).rejects.toMatchObject({
    code: 'cluster_denied',
    detail: { remedy: expect.stringContaining('fairlead-shell.yaml') as string },
  })
  expect(await scene.database.db.shell.count()).toBe(0)
})

it('a drain that the cluster does not allow ends at once, in words', async () => {
  const node = `drain-${name}`
  await scene.apply({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: node },
    spec: { taints: [{ key: 'example.org/nobody', effect: 'NoSchedule' }] },
  })
  const { id } = await scene.call('olga', 'node.drain', { cluster: scene.staging, name: node })
  const deps = { ...scene.deps, clusters: asFairlead(reading) }
  expect(await drainReconciler(deps)(id, new Date())).toEqual({ settled: true })
  const [drain] = await scene.call('olga', 'node.drains', { cluster: scene.staging, node })
  expect(drain).toMatchObject({
    id: id as DrainId,
    state: 'failed',
    message: expect.stringContaining('fairlead-hands.yaml') as string,
  })
  await deleteObject(scene.admin, { apiVersion: 'v1', kind: 'Node', name: node })
})

import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, getObject, listObjects, patchObject } from '@fairlead/kube/objects'
import { eventually } from '../inventory-fixture'
import { namespace, fillers, podOf, type PodShape } from './pod-shape'
import { nodes, settings } from './pool'
import { boundClaims, storageObjects, volumeUsers } from './storage'

const create = (admin: KubeClient, path: string, body: unknown) => admin.json({ method: 'POST', path, body })

const createPod = (admin: KubeClient, pod: ReturnType<typeof podOf>) =>
  create(admin, `/api/v1/namespaces/${pod.metadata.namespace}/pods`, pod)

export const createCase = (admin: KubeClient, shape: PodShape) => createPod(admin, podOf(shape))

const passing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

/** Until the controllers have taken their start-up taints off, and put the one of the cordoned node on. */
export async function nodesSettled(admin: KubeClient): Promise<boolean> {
  const found = await listObjects(admin, { apiVersion: 'v1', kind: 'Node' })
  return found.every((node) => {
    const spec = recordIn(node['spec'])
    const keys = recordsIn(spec['taints']).map((taint) => textIn(taint['key']))
    const cordonTold = spec['unschedulable'] !== true || keys.includes('node.kubernetes.io/unschedulable')
    return cordonTold && keys.every((key) => !passing.includes(key))
  })
}

const phaseOf = async (admin: KubeClient, kind: string, name: string): Promise<string> => {
  const object = await getObject(admin, { apiVersion: 'v1', kind, namespace, name })
  return textIn(recordIn(object?.['status'])['phase'])
}

async function plantStorage(admin: KubeClient): Promise<void> {
  for (const { path, body } of storageObjects) await create(admin, path, body)
  for (const name of boundClaims)
    await eventually(
      `the claim ${name} is bound`,
      async () => (await phaseOf(admin, 'PersistentVolumeClaim', name)) === 'Bound',
    )
  const doomed = { apiVersion: 'v1', kind: 'PersistentVolume', name: 'doomed' }
  await deleteObject(admin, doomed)
  await patchObject(admin, doomed, { metadata: { finalizers: null } })
  await eventually(
    'the claim of a deleted volume is lost',
    async () => (await phaseOf(admin, 'PersistentVolumeClaim', 'doomed')) === 'Lost',
  )
  await deleteObject(admin, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: 'leaving' })
}

/** Nodes, storage and running pods, all settled: what the cases are judged against. */
export async function plantCluster(admin: KubeClient): Promise<void> {
  for (const { path, body } of [...nodes, ...settings]) await create(admin, path, body)
  for (const where of [namespace, 'other'])
    await eventually(`the service account of ${where}`, () =>
      getObject(admin, { apiVersion: 'v1', kind: 'ServiceAccount', namespace: where, name: 'default' }),
    )
  await eventually('the nodes are settled', () => nodesSettled(admin))
  await plantStorage(admin)
  const running = [...fillers, ...volumeUsers]
  for (const pod of running) await createPod(admin, pod)
  await eventually('every placed pod runs', async () => {
    const pods = await listObjects(admin, { apiVersion: 'v1', kind: 'Pod' })
    const up = pods.filter((pod) => recordIn(pod['status'])['phase'] === 'Running')
    return up.length === running.length
  })
}

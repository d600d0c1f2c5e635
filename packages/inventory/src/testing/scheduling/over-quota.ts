import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { getObject } from '@fairlead/kube/objects'
import { eventually } from '../inventory-fixture'
import { podOf, requests } from './pod-shape'

type Hard = Readonly<Record<string, string>>

/** A ReplicaSet of two in a namespace whose quota has no room for both: what its controller then says. */
export async function refusalOverQuota(admin: KubeClient, name: string, hard: Hard): Promise<string> {
  const create = (path: string, body: object) => admin.json({ method: 'POST', path, body })
  await create('/api/v1/namespaces', { metadata: { name } })
  const of = { namespace: name, name: 'default' }
  await eventually(`the service account of ${name}`, () =>
    getObject(admin, { apiVersion: 'v1', kind: 'ServiceAccount', ...of }),
  )
  await create(`/api/v1/namespaces/${name}/resourcequotas`, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { hard },
  })
  await eventually(`the quota of ${name} is counted`, async () => {
    const quota = await getObject(admin, { apiVersion: 'v1', kind: 'ResourceQuota', namespace: name, name })
    return Object.keys(recordIn(recordIn(quota?.['status'])['used'])).length > 0
  })
  const labels = { app: name }
  const { spec } = podOf({ name, container: requests({ cpu: '1' }) })
  await create(`/apis/apps/v1/namespaces/${name}/replicasets`, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  })
  return eventually(`the ReplicaSet ${name} tells of its failure`, async () => {
    const set = await getObject(admin, { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: name, name })
    const failure = recordsIn(recordIn(set?.['status'])['conditions']).find(
      ({ type }) => type === 'ReplicaFailure',
    )
    const message = textIn(failure?.['message'])
    // While one pod is being made, the quota may be counted for two.
    return message.includes('exceeded quota') ? message : null
  })
}

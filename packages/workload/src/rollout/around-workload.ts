import { isFairleadError } from '@fairlead/contracts/errors'
import { labelKeys } from '@fairlead/contracts/labels'
import type { Verdict } from '@fairlead/contracts/verdict'
import { ownerOf } from '@fairlead/insight/surge/quotas'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { getObject, listObjects } from '@fairlead/kube/objects'
import { valueAt } from '../manifest/pod-template'
import { isSettled } from './judge'

/** What stands around a workload only explains it: without the right to read it, its own status still decides. */
export function unreadable(error: unknown): readonly KubeObject[] {
  if (isFairleadError(error) && error.code === 'cluster_denied') return []
  throw error
}

interface Around {
  readonly replicaSets: readonly KubeObject[]
  readonly pods: readonly KubeObject[]
  /** Of a DaemonSet alone. */
  readonly nodes: readonly KubeObject[]
}

/** What a verdict on the live workload needs. */
export async function aroundWorkload(client: KubeClient, live: KubeObject): Promise<Around> {
  const { namespace } = live.metadata
  const labelSelector = selectorText(valueAt(live, ['spec', 'selector']))
  const list = (apiVersion: string, kind: string): Promise<readonly KubeObject[]> =>
    labelSelector === ''
      ? Promise.resolve([])
      : listObjects(client, { apiVersion, kind }, { namespace, labelSelector }).catch(unreadable)
  const [replicaSets, pods, nodes] = await Promise.all([
    live.kind === 'Deployment' ? list('apps/v1', 'ReplicaSet') : [],
    list('v1', 'Pod'),
    live.kind === 'DaemonSet'
      ? listObjects(client, { apiVersion: 'v1', kind: 'Node' }).catch(unreadable)
      : [],
  ])
  return { replicaSets, pods, nodes }
}

/** Kinds that keep no condition about pods which can't be created: asked only while one has not arrived. */
export function refusedPods(
  client: KubeClient,
  live: KubeObject,
  verdict: Verdict,
): Promise<readonly KubeObject[]> {
  if (live.kind === 'Deployment' || isSettled(verdict)) return Promise.resolve([])
  const { namespace, uid = '' } = live.metadata
  const fieldSelector = `involvedObject.uid=${uid},reason=FailedCreate`
  return listObjects(
    client,
    { apiVersion: 'v1', kind: 'Event' },
    { namespace, fieldSelector, most: 500 },
  ).catch(unreadable)
}

/** A quota is named with whoever can raise it. */
export async function withOwners(client: KubeClient, live: KubeObject, verdict: Verdict): Promise<Verdict> {
  const evidence = await Promise.all(
    verdict.evidence.map(async (found) => {
      if (found.objectKind !== 'ResourceQuota') return found
      const { namespace } = live.metadata
      const quota = { apiVersion: 'v1', kind: 'ResourceQuota', namespace, name: found.objectName }
      const [seen] = await getObject(client, quota).then(
        (object) => (object === null ? [] : [object]),
        unreadable,
      )
      return seen === undefined ? found : { ...found, owner: ownerOf(seen, labelKeys.application) }
    }),
  )
  return { ...verdict, evidence }
}

const operators: Readonly<Record<string, (key: string, values: string) => string>> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
}

/** A LabelSelector as the API server's query wants it. */
function selectorText(selector: unknown): string {
  const labels = Object.entries((valueAt(selector, ['matchLabels']) ?? {}) as Record<string, unknown>)
  const expressions = valueAt(selector, ['matchExpressions'])
  const texts = (Array.isArray(expressions) ? expressions : []).map((expression: unknown) => {
    const values = valueAt(expression, ['values'])
    const write = operators[String(valueAt(expression, ['operator']))]
    return write?.(String(valueAt(expression, ['key'])), Array.isArray(values) ? values.join(',') : '') ?? ''
  })
  return [
    ...labels.map(([key, value]) => `${key}=${String(value)}`),
    ...texts.filter((text) => text !== ''),
  ].join(',')
}

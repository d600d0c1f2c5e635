import { addedKinds, optInKinds, watchedKindNames, watchedKinds } from '@fairlead/contracts/kinds'
import { z } from 'zod'
import type { KubeClient } from './kube-client'

export interface Right {
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly verb: string
  /** Without them: everywhere, whatever its name. */
  readonly namespace?: string
  readonly name?: string
}

const watchRights = (namespaced: boolean): readonly Right[] =>
  watchedKindNames
    .filter((kind) => !addedKinds.includes(kind) && !optInKinds.includes(kind))
    .map((kind) => watchedKinds[kind])
    .filter((kind) => kind.namespaced === namespaced)
    .flatMap(({ apiVersion, plural }) =>
      ['list', 'watch'].map((verb) => ({ group: groupOf(apiVersion), resource: plural, verb })),
    )
/** Of kinds that belong to no namespace. */
export const clusterRights: readonly Right[] = watchRights(false)
/** What the console cannot do without in a namespace: seeing every kind that it shows, and applying workloads. */
export const namespaceRights: readonly Right[] = [
  ...watchRights(true),
  { group: '', resource: 'pods', subresource: 'log', verb: 'get' },
  { group: 'apps', resource: 'deployments', verb: 'patch' },
  { group: 'apps', resource: 'statefulsets', verb: 'patch' },
  { group: '', resource: 'services', verb: 'patch' },
  { group: '', resource: 'configmaps', verb: 'patch' },
]
/** The same everywhere. */
export const neededRights: readonly Right[] = [...clusterRights, ...namespaceRights]

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

export const rightWords = ({ group, resource, subresource, verb }: Right): string =>
  `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) })

/** Whether the cluster would let this credential do it: asked of the API server, not guessed. */
export async function isAllowed(
  client: KubeClient,
  { group, ...attributes }: Right,
  signal?: AbortSignal,
): Promise<boolean> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { group, ...attributes } },
  }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
  return reviewSchema.parse(await client.json({ method: 'POST', path, body, signal })).status.allowed
}

/** Those that are missing; a few questions at a time, so that a check is no storm. */
export async function missingOf(
  client: KubeClient,
  rights: readonly Right[],
  signal?: AbortSignal,
): Promise<readonly Right[]> {
  const missing: Right[] = []
  const queue = [...rights]
  const ask = async (): Promise<void> => {
    for (let right = queue.shift(); right !== undefined; right = queue.shift())
      if (!(await isAllowed(client, right, signal))) missing.push(right)
  }
  await Promise.all(Array.from({ length: 6 }, ask))
  return rights.filter((right) => missing.includes(right))
}

import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { KubeClient } from './kube-client'

export interface ResourceInfo {
  readonly plural: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
}

/** `/api/v1/namespaces/shop/pods/cart-1`; without a name the collection, without a namespace cluster-wide. */
export function resourcePath(
  apiVersion: string,
  plural: string,
  place: { readonly namespace?: string | null | undefined; readonly name?: string } = {},
): string {
  const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion.split('/').map(encodeURIComponent).join('/')}`
  const namespace = place.namespace ? `/namespaces/${encodeURIComponent(place.namespace)}` : ''
  const name = place.name === undefined ? '' : `/${encodeURIComponent(place.name)}`
  return `${root}${namespace}/${encodeURIComponent(plural)}${name}`
}

const resourceListSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()).default([]),
    }),
  ),
})

/** Kinds of one group version; a group grows when a CRD is created, so a miss is asked again after this long. */
const missKeptMs = 2_000
type Kinds = ReadonlyMap<string, ResourceInfo>
const caches = new WeakMap<KubeClient, Map<string, { readonly at: number; readonly kinds: Promise<Kinds> }>>()

async function readKinds(client: KubeClient, apiVersion: string): Promise<Kinds> {
  const [path] = resourcePath(apiVersion, '').split(/\/$/)
  const body = resourceListSchema.parse(await client.json({ path: path ?? '' }))
  return new Map(
    body.resources
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced, verbs }) => [kind, { plural: name, namespaced, verbs }]),
  )
}

function kindsOf(client: KubeClient, apiVersion: string, notBefore: number): Promise<Kinds> {
  const cache = caches.get(client) ?? new Map<string, { at: number; kinds: Promise<Kinds> }>()
  caches.set(client, cache)
  const known = cache.get(apiVersion)
  if (known !== undefined && known.at >= notBefore) return known.kinds
  const kinds = readKinds(client, apiVersion)
  cache.set(apiVersion, { at: Date.now(), kinds })
  kinds.catch(() => cache.delete(apiVersion))
  return kinds
}

/** Asks the API server's discovery, cached per client; `not_found` when the cluster does not serve the kind. */
export async function resolveResource(
  client: KubeClient,
  apiVersion: string,
  kind: string,
): Promise<ResourceInfo> {
  try {
    const found =
      (await kindsOf(client, apiVersion, 0)).get(kind) ??
      (await kindsOf(client, apiVersion, Date.now() - missKeptMs)).get(kind)
    if (found !== undefined) return found
  } catch (error) {
    if (!(error instanceof FairleadError) || error.code !== 'not_found') throw error
  }
  throw new FairleadError('not_found', `The cluster does not serve ${kind} of ${apiVersion}`, {
    path: 'apiVersion',
    found: `${apiVersion} ${kind}`,
    expected: 'a kind that the API server lists (kubectl api-resources)',
    remedy: 'Install its CustomResourceDefinition first, or correct apiVersion and kind.',
  })
}

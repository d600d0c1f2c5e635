import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'

/**
 * What makes an endpoint this cluster and no other: the UID of kube-system, which nobody deletes. Where a credential may
 * not read that, the UIDs of the namespaces that it may read, as `cart/UID,shop/UID`: one of them is proof enough, as
 * the others may be deleted, or closed to it, one day.
 */
const system = 'kube-system'
const namespaceSchema = z.object({ metadata: z.object({ uid: z.string().min(1).max(100) }) })

const uidOf = async (client: KubeClient, namespace: string): Promise<string> =>
  namespaceSchema.parse(await client.json({ path: resourcePath('v1', 'namespaces', { name: namespace }) }))
    .metadata.uid

const isCode = (error: unknown, ...codes: readonly FairleadError['code'][]): boolean =>
  isFairleadError(error) && codes.includes(error.code)

export const isOfNamespaces = (identity: string): boolean => identity.includes('/')
/** Each of them alone makes the cluster known. */
export const partsOfIdentity = (identity: string): readonly string[] => identity.split(',')

/** null for a namespace that is closed or gone. */
const uidOrNull = (client: KubeClient, namespace: string): Promise<string | null> =>
  uidOf(client, namespace).catch((error: unknown) => {
    if (isCode(error, 'cluster_denied', 'not_found')) return null
    throw error
  })

/**
 * Whether it is still the same. Namespaces that are all closed or gone say nothing against it: whoever answers so knows
 * the credential.
 */
export async function isStill(client: KubeClient, identity: string): Promise<boolean> {
  if (!isOfNamespaces(identity)) return (await uidOf(client, system)) === identity
  let other = false
  for (const part of partsOfIdentity(identity)) {
    const [namespace = ''] = part.split('/')
    const uid = await uidOrNull(client, namespace)
    if (`${namespace}/${uid}` === part) return true
    other ||= uid !== null
  }
  return !other
}

/** kube-system's, else those of the namespaces that may be read. Throws when there is none. */
export async function findIdentity(client: KubeClient, namespaces: readonly string[]): Promise<string> {
  try {
    return await uidOf(client, system)
  } catch (error) {
    if (!isCode(error, 'cluster_denied')) throw error
    const parts: string[] = []
    for (const namespace of namespaces) {
      const uid = await uidOrNull(client, namespace)
      if (uid !== null) parts.push(`${namespace}/${uid}`)
    }
    if (parts.length > 0) return parts.join(',')
    throw unknowable(error, namespaces)
  }
}

function unknowable(denied: unknown, namespaces: readonly string[]): FairleadError {
  const words =
    namespaces.length === 0
      ? 'If it may read some namespaces only, name them.'
      : `Nor may it get any of the namespaces ${namespaces.join(', ')}, by which the cluster would be known.`
  const said = isFairleadError(denied) ? denied.message : 'kube-system may not be read'
  return new FairleadError(
    'cluster_denied',
    `${said}. ${words}`,
    { remedy: 'infra/rbac/fairlead-namespace.yaml has what Fairlead needs in a namespace.' },
    { cause: denied },
  )
}

export const identityWords = (identity: string): string =>
  isOfNamespaces(identity)
    ? `kube-system may not be read; known by ${partsOfIdentity(identity)
        .map((part) => part.replace('/', ', which is '))
        .join(' and ')}`
    : `kube-system is ${identity}`

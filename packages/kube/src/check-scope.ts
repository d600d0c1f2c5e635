import type { KubeClient } from './kube-client'
import { findIdentity, isStill } from './cluster-identity'
import {
  clusterRights,
  missingOf,
  namespaceRights,
  neededRights,
  rightWords,
  type Right,
} from './check-rights'
import { missingIn } from './rights-in-namespace'

/** How far a credential is meant to reach, and which cluster it is meant to lead to. */
export interface CheckScope {
  /** Without any: the whole cluster. */
  readonly namespaces: readonly string[]
  /** null: of a cluster that is not known yet. */
  readonly identity: string | null
}
export const wholeCluster: CheckScope = { namespaces: [], identity: null }

/** The one that it is meant to lead to, or another. */
export async function identityWithin(
  client: KubeClient,
  { namespaces, identity }: CheckScope,
): Promise<string> {
  if (identity !== null && (await isStill(client, identity))) return identity
  return findIdentity(client, namespaces)
}

const listed = (rights: readonly Right[], most: number): string => {
  const words = rights.slice(0, most).map(rightWords).join(', ')
  return rights.length > most ? `${words} and ${rights.length - most} more` : words
}

/** What works where, in words; throws them when something that is needed is missing. */
export async function rightsWithin(client: KubeClient, { namespaces }: CheckScope): Promise<string> {
  if (namespaces.length > 0) return rightsInEach(client, namespaces)
  const missing = await missingOf(client, neededRights)
  if (missing.length === 0) return `All ${neededRights.length} needed rights are granted`
  throw new Error(
    `Missing rights: ${listed(missing, 8)}. Apply infra/rbac/fairlead-console.yaml, or name the namespaces that it may read.`,
  )
}

async function rightsInEach(client: KubeClient, namespaces: readonly string[]): Promise<string> {
  const lines: string[] = []
  let lacking = false
  for (const namespace of namespaces) {
    const missing = await missingIn(client, namespace)
    lacking ||= missing.length > 0
    lines.push(
      missing.length === 0
        ? `In ${namespace}: all ${namespaceRights.length} needed rights.`
        : missing.length === namespaceRights.length
          ? `In ${namespace}: none of the needed rights.`
          : `In ${namespace}: missing ${listed(missing, 4)}.`,
    )
  }
  const beyond = await missingOf(
    client,
    clusterRights.filter(({ verb }) => verb === 'list'),
  )
  if (beyond.length > 0)
    lines.push(
      `Outside of namespaces, which it need not see: not permitted to list ${beyond.map(({ resource }) => resource).join(', ')}.`,
    )
  if (lacking) throw new Error(`${lines.join(' ')} Apply infra/rbac/fairlead-namespace.yaml there.`)
  return lines.join(' ')
}

import type { ClusterPrincipal } from '@fairlead/contracts/acting'
import { isFairleadError } from '@fairlead/contracts/errors'
import { isAllowed, type Right } from './check-rights'
import type { KubeClient } from './kube-client'
import { whoAmI } from './who-am-i'

export interface ActingCheck {
  /** A question that was asked in that name came back with it. */
  readonly works: boolean
  readonly missing: readonly string[]
  readonly reachesMasters: boolean
}

const impersonate = (resource: 'users' | 'groups', name?: string): Right => ({
  group: '',
  resource,
  verb: 'impersonate',
  ...(name === undefined ? {} : { name }),
})

/**
 * Asks the cluster in that name who is asking, and of what it refuses, which right is missing. The question itself decides:
 * since Kubernetes 1.35 impersonation may also be allowed action by action, of which the rights below know nothing.
 */
export async function checkActing(
  client: KubeClient,
  principal: ClusterPrincipal,
  signal?: AbortSignal,
): Promise<ActingCheck> {
  const [works, reachesMasters] = await Promise.all([
    takesName(client, principal, signal),
    isAllowed(client, impersonate('groups', 'system:masters'), signal),
  ])
  return { works, reachesMasters, missing: works ? [] : await missingFor(client, principal, signal) }
}

async function takesName(
  client: KubeClient,
  principal: ClusterPrincipal,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const { username, groups } = await whoAmI(client.actingAs(principal), signal)
    return username === principal.user && principal.groups.every((group) => groups.includes(group))
  } catch (error) {
    if (isFairleadError(error) && error.code === 'cluster_denied') return false
    throw error
  }
}

async function missingFor(
  client: KubeClient,
  { user, groups }: ClusterPrincipal,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const asked = [
    impersonate('users', user),
    // A person in no group yet will be in one some day.
    ...(groups.length === 0 ? [impersonate('groups')] : groups.map((group) => impersonate('groups', group))),
  ]
  const allowed = await Promise.all(asked.map((right) => isAllowed(client, right, signal)))
  const missing = asked.filter((_right, index) => allowed[index] === false)
  const words = missing.map(
    ({ resource, name }) => `impersonate ${resource}${name === undefined ? '' : ` ${name}`}`,
  )
  return words.length > 0
    ? words
    : ['impersonate, as the cluster refused it although its rules seem to allow it']
}

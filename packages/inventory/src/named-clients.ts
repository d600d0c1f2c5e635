import type { ClusterPrincipal } from '@fairlead/contracts/acting'
import type { KubeClient } from '@fairlead/kube/kube-client'

/** One connection in the names of many. */
export interface NamedClients {
  as(principal: ClusterPrincipal): KubeClient
}

/** They hold no connection of their own, so one that is forgotten costs no more than asking for discovery again. */
export const mostKept = 500

/**
 * The same client for the same name, groups included: what a client remembers (discovery) is never another person's. The
 * longest unused are forgotten.
 */
export function namedClients(client: KubeClient): NamedClients {
  const kept = new Map<string, KubeClient>()
  return {
    as({ user, groups }) {
      const key = JSON.stringify([user, ...groups])
      const named = kept.get(key) ?? client.actingAs({ user, groups })
      kept.delete(key)
      kept.set(key, named)
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break
        kept.delete(oldest)
      }
      return named
    },
  }
}

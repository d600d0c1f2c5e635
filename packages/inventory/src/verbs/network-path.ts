import type { NetworkPathView } from '@fairlead/contracts/network'
import type { InventoryDb } from '@fairlead/db/views'
import { networkPath } from '@fairlead/insight/network/path'
import type { PlainObject } from '@fairlead/insight/network/plain'
import { routeBackends } from '@fairlead/insight/network/route'
import type { SecretName } from '@fairlead/insight/network/tls-secrets'
import { createWorld } from '@fairlead/insight/network/world'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { ClusterConnections } from '../connections'
import { deepKinds, probeEvents, readObjects, unreadKinds, wideKinds } from '../network/read-objects'
import {
  liveSecrets,
  noSecrets,
  secretsNamed,
  storedSecrets,
  type KnownSecrets,
} from '../network/tls-secrets'
import { loadVisibility } from '../visible'
import { clusterRows, identityWithFreshness } from './cluster-rows'
import { assertVisible } from './object-yaml'

/** Where the pods behind this object can be: its own namespace, and those that routes lead to. */
const namespacesBehind = (objects: readonly PlainObject[], namespace: string): readonly string[] => [
  ...new Set([
    namespace,
    ...objects
      .filter(({ kind }) => kind === 'HTTPRoute')
      .flatMap((route) => routeBackends(route).map((backend) => backend.namespace)),
  ]),
]

/** The path of one entry, route or Service, from what was last seen of its cluster. */
export const networkPathOf = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('network.path', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<NetworkPathView> => {
      const { actor, now } = context
      await assertVisible(context.db, actor, input)
      const clusters = [input.cluster]
      const [[cluster], wide, unread, visibility] = await Promise.all([
        clusterRows(context.db, actor, clusters),
        readObjects(context.db, actor, { clusters, kinds: wideKinds, namespaces: null }),
        unreadKinds(context.db, clusters),
        loadVisibility(context.db, actor),
      ])
      if (cluster === undefined) throw notFound('cluster')
      const entries = wide.map(({ object }) => object)
      const namespaces = namespacesBehind(entries, input.namespace)
      const [deep, events] = await Promise.all([
        readObjects(context.db, actor, { clusters, kinds: deepKinds, namespaces }),
        probeEvents(context.db, input.cluster, namespaces),
      ])
      const kinds = unread.get(input.cluster) ?? new Set<string>()
      const hidden = (namespace: string): boolean => !visibility.sees(input.cluster, namespace)
      const named = secretsNamed(
        entries.filter(({ kind, metadata }) => kind === 'Gateway' || metadata.namespace === input.namespace),
        hidden,
      )
      const known = kinds.has('Secret')
        ? await askFor(connections, input.cluster, { names: named, signal: context.signal })
        : await storedSecrets(context.db, input.cluster, named)
      const world = createWorld({
        objects: [...entries, ...deep.map(({ object }) => object), ...events],
        ...known,
        unread: kinds,
        hidden,
        now,
      })
      const ref = { kind: input.kind, namespace: input.namespace, name: input.name }
      const path = networkPath(world, ref)
      if (path === undefined) throw notFound('object')
      return {
        ...path,
        cluster: identityWithFreshness(cluster, now),
        ref,
        unread: [...kinds].filter((kind) => kind !== 'Secret'),
      }
    },
  })

/** A cluster that does not answer leaves its certificates unknown; the rest of the path is still worth seeing. */
async function askFor(
  connections: ClusterConnections,
  clusterId: string,
  { names, signal }: { readonly names: readonly SecretName[]; readonly signal: AbortSignal | undefined },
): Promise<KnownSecrets> {
  if (names.length === 0) return noSecrets
  try {
    return await liveSecrets(await connections.clientOf(clusterId), names, signal)
  } catch {
    return noSecrets
  }
}

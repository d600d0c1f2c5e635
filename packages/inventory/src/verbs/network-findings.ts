import { entryKinds, type NetworkItem, type NetworkList } from '@fairlead/contracts/network'
import { severityNames } from '@fairlead/contracts/network-findings'
import type { InventoryDb } from '@fairlead/db/views'
import { standingOf } from '@fairlead/insight/network/entries'
import { createWorld, type World } from '@fairlead/insight/network/world'
import { room } from '@fairlead/kernel/door'
import { deepKinds, readObjects, unreadKinds, wideKinds, type ReadObject } from '../network/read-objects'
import { noSecrets, secretsNamed, storedSecrets } from '../network/tls-secrets'
import { loadVisibility } from '../visible'
import { clusterRows, identityWithFreshness } from './cluster-rows'

/** What a list is sorted by when nobody says otherwise: the worst first, then as kubectl lists. */
const weightOf = ({ worst }: NetworkItem): number =>
  worst === null ? severityNames.length : severityNames.indexOf(worst.severity)

const byWeight = (left: NetworkItem, right: NetworkItem): number =>
  weightOf(left) - weightOf(right) ||
  left.namespace.localeCompare(right.namespace) ||
  left.name.localeCompare(right.name)

/** Every Service, Ingress, Gateway and route that the actor may see, with the worst that is wrong with it. */
export const networkFindings = (db: InventoryDb) =>
  room<InventoryDb>(db).query('network.findings', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<NetworkList> => {
      const { actor, now } = context
      const clusters = await clusterRows(context.db, actor, input.clusters)
      const ids = clusters.map(({ id }) => id)
      const namespaces = input.namespace === undefined ? null : [input.namespace]
      const [wide, deep, unread, visibility] = await Promise.all([
        readObjects(context.db, actor, { clusters: ids, kinds: wideKinds, namespaces: null }),
        readObjects(context.db, actor, { clusters: ids, kinds: deepKinds, namespaces }),
        unreadKinds(context.db, ids),
        loadVisibility(context.db, actor),
      ])
      const read = byCluster([...wide, ...deep])
      const items = await Promise.all(
        ids.map(async (clusterId) => {
          const own = read.get(clusterId) ?? []
          const kinds = unread.get(clusterId) ?? new Set<string>()
          const hidden = (namespace: string): boolean => !visibility.sees(clusterId, namespace)
          const objects = own.map(({ object }) => object)
          const known = kinds.has('Secret')
            ? noSecrets
            : await storedSecrets(context.db, clusterId, secretsNamed(objects, hidden))
          const world = createWorld({ objects, ...known, unread: kinds, hidden, now })
          return itemsOf(world, own, input.namespace)
        }),
      )
      return {
        items: items.flat().sort(byWeight),
        clusters: clusters.map((row) => identityWithFreshness(row, now)),
      }
    },
  })

function byCluster(objects: readonly ReadObject[]): ReadonlyMap<string, readonly ReadObject[]> {
  const groups = new Map<string, ReadObject[]>()
  for (const object of objects) {
    const group = groups.get(object.clusterId)
    if (group === undefined) groups.set(object.clusterId, [object])
    else group.push(object)
  }
  return groups
}

function itemsOf(
  world: World,
  read: readonly ReadObject[],
  namespace: string | undefined,
): readonly NetworkItem[] {
  return read.flatMap(({ clusterId, createdAt, object }) => {
    const kind = entryKinds.find((each) => each === object.kind)
    const own = object.metadata.namespace
    if (kind === undefined || own === undefined || (namespace !== undefined && own !== namespace)) return []
    return [
      {
        clusterId,
        kind,
        namespace: own,
        name: object.metadata.name,
        createdAt: createdAt.toISOString(),
        ...standingOf(world, kind, object),
      },
    ]
  })
}

import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { Permission } from '@fairlead/contracts/permissions'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { getObject } from '@fairlead/kube/objects'
import { toYaml } from '@fairlead/kube/yaml'
import type { ClusterConnections } from '../connections'
import { loadVisibility } from '../visible'

export interface ObjectPlace {
  readonly cluster: string
  readonly kind: WatchedKind
  readonly namespace: string | null
}

/** The namespace that decides who sees it: none for kinds that have none, whatever the caller says. */
export async function assertVisible(
  db: Pick<InventoryDb, 'destination'>,
  actor: Actor,
  place: ObjectPlace & { readonly permission?: Permission },
): Promise<string | null> {
  const { namespaced } = watchedKinds[place.kind]
  if (namespaced && place.namespace === null) throw notFound('object')
  const namespace = namespaced ? place.namespace : null
  const visibility = await loadVisibility(db, actor, place.permission)
  if (!visibility.sees(place.cluster, namespace)) throw notFound('object')
  return namespace
}

/** Live from the API server, as whoever the cluster is to see: what may be seen here is decided before. */
export const objectYaml = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('object.yaml', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const namespace = await assertVisible(context.db, context.actor, input)
      const { apiVersion } = watchedKinds[input.kind]
      const client = await connections.clientFor(input.cluster, context.actor)
      const object = await getObject(
        client,
        { apiVersion, kind: input.kind, namespace, name: input.name },
        { signal: context.signal },
      )
      if (object === null) throw notFound('object')
      return { yaml: toYaml(object), at: context.now.toISOString() }
    },
  })

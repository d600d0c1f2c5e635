import type { CustomObjectYaml } from '@fairlead/contracts/custom-objects'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { getCustomObject } from '@fairlead/kube/custom-kind'
import { toYaml } from '@fairlead/kube/yaml'
import type { ClusterConnections } from '../connections'
import { customScope, explained } from './custom-scope'

/** Live from the API server; only what a CustomResourceDefinition defines can be named, so no Secret can. */
export const customYaml = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('custom.yaml', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<CustomObjectYaml> => {
      const { client, cluster, kind, visibility } = await customScope(context, connections, input)
      const namespace = kind.namespaced ? input.namespace : null
      if (kind.namespaced && namespace === null) throw notFound('object')
      if (!visibility.sees(cluster.id, namespace)) throw notFound('object')
      const ref = { namespace, name: input.name, signal: context.signal }
      const object = await explained(getCustomObject(client, kind, ref))
      if (object === null) throw notFound('object')
      return { cluster, kind, yaml: toYaml(object), at: context.now.toISOString() }
    },
  })

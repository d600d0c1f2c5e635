import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { sessionNameOf } from '@fairlead/kube/aws/session-name'
import type { ClusterConnections } from '../connections'

/** EKS clusters of an account and region that could be registered. */
export const clusterListEks = (db: InventoryDb, { options }: ClusterConnections) =>
  room<InventoryDb>(db).query('cluster.listEks', {
    scope: { kind: 'installation' },
    run: async ({ actor }, input) => {
      const { aws } = options.sources
      const caller = { ...input, sessionName: sessionNameOf(actor) }
      const identity = await aws.whoAmI(caller)
      return { ...identity, clusters: await aws.listClusters(caller) }
    },
  })

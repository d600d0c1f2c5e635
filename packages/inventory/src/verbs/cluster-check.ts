import type { ConnectionCheck } from '@fairlead/contracts/cluster'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { checkConnection } from '@fairlead/kube/check'
import { eksOfKubeconfig } from '@fairlead/kube/kubeconfig-eks'
import { listContexts } from '@fairlead/kube/kubeconfig-import'
import type { ClusterConnections } from '../connections'
import { otherCluster } from '../identity-gate'
import { namesOf } from '../namespace-names'
import { checkAccess } from './check-access'
import { findCluster } from './find-cluster'

/** A cluster that answers as another one has not passed, however well it answers. */
export function withIdentity(check: ConnectionCheck, server: string, uid: string): ConnectionCheck {
  if (check.uid === null || check.uid === uid) return check
  const { message } = otherCluster(server)
  const steps = check.steps.map((step) =>
    step.step === 'identity' ? { ...step, passed: false, message } : step,
  )
  return { ...check, passed: false, steps }
}

export const clusterCheck = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('cluster.check', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const { id, uid, namespaces } = await findCluster(context.db, context.actor, input)
      const connection = await connections.connectionOf(id)
      const check = await checkConnection(connection, connections.options, { namespaces, identity: uid })
      return withIdentity(check, connection.server, uid)
    },
  })

export const clusterPreview = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('cluster.preview', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const { kubeconfig } = input
      const contexts = kubeconfig === undefined ? [] : [...listContexts(kubeconfig)]
      const unchecked = { passed: false, steps: [], version: null, uid: null, server: '', contexts }
      if (input.context === undefined && contexts.length > 1) return { ...unchecked, eks: null }
      const eks = kubeconfig === undefined ? null : eksOfKubeconfig(kubeconfig, input.context)
      if (eks !== null) return { ...unchecked, eks }
      const { check, connection } = await checkAccess(connections, context.actor, {
        access: input,
        environment: input.environment,
        scope: { namespaces: namesOf(input.namespaces), identity: null },
      })
      return { ...check, server: connection?.server ?? '', contexts, eks: null }
    },
  })

import type { ConnectionCheck } from '@fairlead/contracts/cluster'
import type { ClusterAccess } from '@fairlead/contracts/cluster-access'
import { FairleadError } from '@fairlead/contracts/errors'
import type { Actor } from '@fairlead/kernel/context'
import { connectionInCluster } from '@fairlead/kube/auth/in-cluster'
import { connectionOfToken } from '@fairlead/kube/auth/server-token'
import { sessionNameOf } from '@fairlead/kube/aws/session-name'
import { checkConnection, checkEks } from '@fairlead/kube/check'
import type { ClusterConnection } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import type { ClusterConnections } from '../connections'

export type GivenAccess = ClusterAccess & { readonly environment: string }

export interface CheckedAccess {
  readonly check: ConnectionCheck
  /** Holds the credential: never part of an answer. null when it is not known where the cluster is. */
  readonly connection: ClusterConnection | null
}

/** Tries what a person gave, before any of it is stored. Throws for what can't be tried at all. */
export async function checkAccess(
  { options }: ClusterConnections,
  actor: Actor,
  given: GivenAccess,
): Promise<CheckedAccess> {
  if (given.eks !== undefined)
    return checkEks({ ...given.eks, kind: 'eks', sessionName: sessionNameOf(actor) }, options)
  const connection = await statedConnection(given, options.sources)
  return { check: await checkConnection(connection, options), connection }
}

async function statedConnection(
  given: GivenAccess,
  sources: ClusterConnections['options']['sources'],
): Promise<ClusterConnection> {
  if (given.token !== undefined) return connectionOfToken(given.token)
  if (given.inCluster === true) return connectionInCluster(sources.inCluster)
  if (given.kubeconfig !== undefined)
    return parseKubeconfig(given.kubeconfig, {
      context: given.context,
      development: given.environment === 'development',
    })
  throw new FairleadError('invalid', 'Nothing says how the cluster is reached.', { path: 'kubeconfig' })
}

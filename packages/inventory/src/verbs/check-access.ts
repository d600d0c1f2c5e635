import type { ConnectionCheck } from '@fairlead/contracts/cluster'
import type { ClusterAccess } from '@fairlead/contracts/cluster-access'
import { FairleadError } from '@fairlead/contracts/errors'
import type { Actor } from '@fairlead/kernel/context'
import { connectionInCluster } from '@fairlead/kube/auth/in-cluster'
import { connectionOfToken } from '@fairlead/kube/auth/server-token'
import { sessionNameOf } from '@fairlead/kube/aws/session-name'
import { checkConnection, checkEks } from '@fairlead/kube/check'
import type { CheckScope } from '@fairlead/kube/check-scope'
import type { ClusterConnection } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import type { ClusterConnections } from '../connections'

export interface GivenAccess {
  readonly access: ClusterAccess
  readonly environment: string
  readonly scope: CheckScope
}

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
  const { access, scope } = given
  if (access.eks !== undefined)
    return checkEks({ ...access.eks, kind: 'eks', sessionName: sessionNameOf(actor) }, options, scope)
  const connection = await statedConnection(given, options.sources)
  return { check: await checkConnection(connection, options, scope), connection }
}

async function statedConnection(
  { access, environment }: GivenAccess,
  sources: ClusterConnections['options']['sources'],
): Promise<ClusterConnection> {
  if (access.token !== undefined) return connectionOfToken(access.token)
  if (access.inCluster === true) return connectionInCluster(sources.inCluster)
  if (access.kubeconfig !== undefined)
    return parseKubeconfig(access.kubeconfig, {
      context: access.context,
      development: environment === 'development',
    })
  throw new FairleadError('invalid', 'Nothing says how the cluster is reached.', { path: 'kubeconfig' })
}

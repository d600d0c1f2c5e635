import type { CheckStep, ConnectionCheck } from '@fairlead/contracts/cluster'
import { FairleadError, type ErrorCode } from '@fairlead/contracts/errors'
import { checkConnection } from '@fairlead/kube/check'
import type { ClusterConnection } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import type { ClusterConnections } from '../connections'

export interface Reached {
  readonly connection: ClusterConnection
  readonly uid: string
  readonly version: string | null
  /** What the credential may not do; the cluster can be watched without, kind by kind. */
  readonly missingRights: string | null
}

const codeOf: Readonly<Record<CheckStep['step'], ErrorCode>> = {
  dns: 'cluster_unreachable',
  tcp: 'cluster_unreachable',
  tls: 'cluster_unreachable',
  auth: 'cluster_unauthorized',
  version: 'cluster_unreachable',
  identity: 'cluster_denied',
  rights: 'cluster_denied',
}

const failureOf = (check: ConnectionCheck, ...steps: CheckStep['step'][]): CheckStep | undefined =>
  check.steps.find((step) => !step.passed && (steps.length === 0 || steps.includes(step.step)))

/** A kubeconfig that a person gave → a connection that was tried, or the reason why not. */
export async function reachCluster(
  connections: ClusterConnections,
  given: { readonly kubeconfig: string; readonly context?: string | undefined; readonly environment: string },
): Promise<Reached> {
  const connection = parseKubeconfig(given.kubeconfig, {
    context: given.context,
    development: given.environment === 'development',
  })
  const check = await checkConnection(connection, { allow: connections.allow })
  const rights = failureOf(check, 'rights')
  const failed = check.steps.find((step) => !step.passed && step !== rights)
  if (failed !== undefined || check.uid === null)
    throw new FairleadError(
      codeOf[failed?.step ?? 'identity'],
      `The cluster can't be registered: ${failed?.message ?? 'its kube-system namespace could not be read'}`,
      { path: 'kubeconfig', found: failed?.step ?? 'identity' },
    )
  return { connection, uid: check.uid, version: check.version, missingRights: rights?.message ?? null }
}

import type { CheckStep, ConnectionCheck } from '@fairlead/contracts/cluster'
import { FairleadError, type ErrorCode } from '@fairlead/contracts/errors'
import { accessWays } from '@fairlead/contracts/cluster-access'
import type { Actor } from '@fairlead/kernel/context'
import type { ClusterConnection } from '@fairlead/kube/kube-client'
import type { ClusterConnections } from '../connections'
import { checkAccess, type GivenAccess } from './check-access'

export interface Reached {
  readonly connection: ClusterConnection
  readonly uid: string
  readonly version: string | null
  /** What the credential may not do; the cluster can be watched without, kind by kind. */
  readonly missingRights: string | null
}

const codeOf: Readonly<Record<CheckStep['step'], ErrorCode>> = {
  aws: 'cluster_unauthorized',
  eks: 'cluster_denied',
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

/** What a person gave → a connection that was tried, or the reason why not. */
export async function reachCluster(
  connections: ClusterConnections,
  actor: Actor,
  given: GivenAccess,
): Promise<Reached> {
  const { check, connection } = await checkAccess(connections, actor, given)
  const rights = failureOf(check, 'rights')
  const failed = check.steps.find((step) => !step.passed && step !== rights)
  if (failed !== undefined || check.uid === null || connection === null)
    throw new FairleadError(
      codeOf[failed?.step ?? 'identity'],
      `The cluster can't be registered: ${failed?.message ?? 'its identity could not be read'}`,
      {
        path: accessWays.find((way) => given.access[way] !== undefined) ?? 'kubeconfig',
        found: failed?.step ?? 'identity',
      },
    )
  return { connection, uid: check.uid, version: check.version, missingRights: rights?.message ?? null }
}

import type { CustomKind } from '@fairlead/contracts/custom-objects'
import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { readCustomKind } from '@fairlead/kube/custom-kind'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { ClusterConnections } from '../connections'
import { loadVisibility, type Visibility } from '../visible'
import { clusterRows, identityWithFreshness } from './cluster-rows'
import { findCluster } from './find-cluster'

/** One custom kind of one cluster, ready to be asked for its objects. */
export interface CustomScope {
  readonly cluster: ReturnType<typeof identityWithFreshness>
  /** Of the objects, as whoever the cluster is to see. */
  readonly client: KubeClient
  readonly kind: CustomKind
  readonly visibility: Visibility
}

const remedies: Partial<Record<FairleadError['code'], string>> = {
  cluster_denied:
    'Its owner can give Fairlead the right: kubectl apply -f infra/rbac/fairlead-custom-objects.yaml, which also says how for kinds that it does not cover.',
  cluster_unreachable:
    'Custom objects are read from their cluster when somebody looks; try again once it answers.',
  stale: 'The list has changed since its first page; read it again from the start.',
}

/** What custom objects need is asked of the cluster itself: a refusal says what can be done about it. */
export async function explained<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const remedy = isFairleadError(error) ? remedies[error.code] : undefined
    if (!isFairleadError(error) || remedy === undefined || error.detail.remedy !== undefined) throw error
    throw new FairleadError(error.code, error.message, { ...error.detail, remedy }, { cause: error })
  }
}

/** The same answer for a cluster that is not there and one that the person may not see. */
export async function customScope(
  context: QueryContext<InventoryDb>,
  connections: ClusterConnections,
  wanted: { readonly cluster: string; readonly definition: string },
): Promise<CustomScope> {
  const { id } = await findCluster(context.db, context.actor, wanted)
  const [[row], visibility] = await Promise.all([
    clusterRows(context.db, context.actor, [id]),
    loadVisibility(context.db, context.actor),
  ])
  if (row === undefined) throw notFound('cluster')
  const client = await explained(connections.clientFor(id, context.actor))
  // What a kind is called is nobody's secret, and lists of kinds show it anyway: rights in one namespace suffice for its objects.
  const own = await connections.clientOf(id)
  const kind = await explained(readCustomKind(own, wanted.definition, { signal: context.signal }))
  if (kind === null)
    throw new FairleadError('not_found', `The cluster ${row.name} serves no ${wanted.definition}.`, {
      found: wanted.definition,
      expected: 'the name of a CustomResourceDefinition (kubectl get crd)',
    })
  return { cluster: identityWithFreshness(row, context.now), client, kind, visibility }
}

import { actAsOf, type ActAs } from '@fairlead/contracts/acting'
import type { EksInsights } from '@fairlead/contracts/eks-insights'
import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { ClusterClients, PersonClients } from '@fairlead/kube/cluster-clients'
import {
  createCredentialSources,
  type CredentialSources,
  type SourceSettings,
} from '@fairlead/kube/auth/credential-sources'
import { connect, type ConnectOptions } from '@fairlead/kube/connection'
import type { ClusterConnection, KubeClient } from '@fairlead/kube/kube-client'
import { openConnection } from './credential'
import { askInsights } from './eks-insights'
import { assertIdentity } from './identity-gate'
import { namedClients, type NamedClients } from './named-clients'
import { principalIn } from './principal'

export interface ConnectionDeps {
  readonly db: Pick<InventoryDb, 'cluster' | 'destination'>
  readonly cipher: Cipher
  /** Private and loopback ranges that the administrator allows, e.g. 127.0.0.0/8 for development. */
  readonly allowedCidrs: readonly string[]
  readonly userAgent?: string
  /** Where credentials come from that aren't stored: AWS, and the service account of this process. */
  readonly sources?: SourceSettings
}

export interface OpenedCluster {
  readonly client: KubeClient
  readonly uid: string
  readonly credentialVersion: number
  /** What EKS says of its upgrades; null for a cluster that does not sign in through EKS. */
  readonly insights: (() => Promise<EksInsights>) | null
}

/** Opens API servers of registered clusters: the one place where credentials are opened. */
export interface ClusterConnections extends ClusterClients, PersonClients {
  /** For connections that are tried before they are stored. */
  readonly options: ConnectOptions & { readonly sources: CredentialSources }
  /** The shared client of the credential's present version, after the cluster proved who it is. */
  clientOf(clusterId: string): Promise<KubeClient>
  /** For a check step by step; not shared, never kept. */
  connectionOf(clusterId: string): Promise<ClusterConnection>
  /** A client of one's own with its pulse: for a watcher, which closes it. Its cluster has proved who it is. */
  open(clusterId: string): Promise<OpenedCluster>
  close(): void
}

interface Cached {
  readonly version: number
  readonly client: KubeClient
  /** Of this cluster and version of its credential alone: they end with this entry. */
  readonly named: NamedClients
  provenAt: number
  proof: Promise<void> | null
}

/** A shared client's cluster proves again who it is after this long. */
const provenForMs = 60_000

export function createClusterConnections(deps: ConnectionDeps): ClusterConnections {
  const options = {
    allow: { cidrs: deps.allowedCidrs },
    userAgent: deps.userAgent ?? 'fairlead',
    sources: createCredentialSources(deps.sources ?? {}),
  }
  const dial = (connection: ClusterConnection): KubeClient => connect(connection, options)
  const shared = sharedClients(dial)

  /** Its cluster has proved who it is, to Fairlead itself, whoever is going to ask. */
  const proven = async (clusterId: string): Promise<Cached & { readonly actAs: ActAs }> => {
    const stored = await load(deps, clusterId).catch((error: unknown) => {
      if (error instanceof FairleadError && error.code === 'not_found') shared.drop(clusterId)
      throw error
    })
    const entry = shared.of(clusterId, stored)
    if (Date.now() - entry.provenAt > provenForMs) await prove(entry, stored.uid)
    return { ...entry, actAs: stored.actAs }
  }

  return {
    options,
    clientOf: async (clusterId) => (await proven(clusterId)).client,
    async clientFor(clusterId, person) {
      const { client, named, actAs } = await proven(clusterId)
      if (actAs === 'fairlead' || person.kind === 'system') return client
      return named.as(await principalIn(deps.db, clusterId, person))
    },
    async clientAs(clusterId, principal) {
      const { client, named } = await proven(clusterId)
      return principal === null ? client : named.as(principal)
    },
    connectionOf: async (clusterId) => (await load(deps, clusterId)).connection(),
    async open(clusterId) {
      const stored = await load(deps, clusterId)
      const connection = stored.connection()
      const client = dial(connection)
      try {
        await assertIdentity(client, stored.uid)
      } catch (error) {
        client.close()
        throw error
      }
      const { auth } = connection
      return {
        client,
        uid: stored.uid,
        credentialVersion: stored.version,
        insights: auth.kind === 'eks' ? () => askInsights(options.sources.aws, auth) : null,
      }
    },
    close: shared.close,
  }
}

/** One client for each cluster and version of its credential. */
function sharedClients(dial: (connection: ClusterConnection) => KubeClient) {
  const cache = new Map<string, Cached>()
  const drop = (clusterId: string): void => {
    cache.get(clusterId)?.client.close()
    cache.delete(clusterId)
  }
  return {
    drop,
    of(clusterId: string, { version, connection }: Stored): Cached {
      const known = cache.get(clusterId)
      if (known?.version === version) return known
      drop(clusterId)
      const client = dial(connection())
      const fresh: Cached = { version, client, named: namedClients(client), provenAt: 0, proof: null }
      cache.set(clusterId, fresh)
      return fresh
    },
    close(): void {
      for (const clusterId of cache.keys()) drop(clusterId)
    },
  }
}

/** Callers that come at once share one question. */
async function prove(entry: Cached, uid: string): Promise<void> {
  entry.proof ??= assertIdentity(entry.client, uid)
    .then(() => void (entry.provenAt = Date.now()))
    .finally(() => void (entry.proof = null))
  await entry.proof
}

interface Stored {
  readonly uid: string
  readonly actAs: ActAs
  readonly version: number
  connection(): ClusterConnection
}

async function load({ db, cipher }: ConnectionDeps, clusterId: string): Promise<Stored> {
  const cluster = await db.cluster.findUnique({
    where: { id: clusterId },
    select: { uid: true, name: true, actAs: true, credential: { select: { version: true, sealed: true } } },
  })
  if (cluster === null) throw notFound('cluster')
  const { credential } = cluster
  if (credential === null)
    throw new FairleadError('cluster_unauthorized', `The cluster ${cluster.name} has no credential.`)
  const { version, sealed } = credential
  return {
    uid: cluster.uid,
    actAs: actAsOf(cluster.actAs),
    version,
    connection: () => openConnection(cipher, sealed, { clusterId, version }),
  }
}

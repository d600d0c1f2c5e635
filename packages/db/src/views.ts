import type { Prisma, PrismaClient } from './generated/client'

type Models = keyof PrismaClient & keyof Prisma.TransactionClient
/** Within a transaction: some tables, raw SQL, nothing else. */
type TxView<M extends Models> = Pick<Prisma.TransactionClient, M | '$queryRaw' | '$executeRaw'>
/** Outside of one: the same, and the right to open a transaction on the same tables. */
type DbView<M extends Models> = TxView<M> & {
  $transaction<R>(
    run: (tx: TxView<M>) => Promise<R>,
    options?: { timeout?: number; maxWait?: number },
  ): Promise<R>
}

type IdentityModels =
  | 'user'
  | 'session'
  | 'account'
  | 'verification'
  | 'rateLimit'
  | 'invitation'
  | 'project'
  | 'membership'
  | 'apiToken'
  | 'destination'
type InventoryModels =
  | 'cluster'
  | 'clusterCredential'
  | 'clusterLease'
  | 'clusterSource'
  | 'clusterProvision'
  | 'inventoryObject'
  | 'inventoryTally'
  | 'clusterEvent'
  | 'episode'
  | 'clusterFacts'
  | 'complexitySample'
  | 'readinessFinding'
  | 'checkWaiver'
  | 'clusterUsage'
  | 'usageSample'
  | 'usageDigest'
  | 'eksInsightsRow'
type AirflowModels = 'airflowConnection' | 'airflowCredential' | 'airflowGrant'
type HandsModels = 'drain' | 'shell'
type FreezeModels = 'freezeWindow' | 'freezeException'
type WorkloadModels =
  | 'application'
  | 'stage'
  | 'release'
  | 'rollout'
  | 'rolloutStage'
  | 'rolloutTarget'
  | 'approval'
  | 'rolloutEntry'
  | 'stageDrift'
  | 'applicationSource'
  | 'repositoryCredential'
type WorkflowModels =
  | 'workflow'
  | 'workflowVersion'
  | 'workflowRun'
  | 'workflowTask'
  | 'workflowAttempt'
  | 'workflowLog'
  | 'workflowCluster'
  | 'workflowPool'
  | 'workflowApproval'
  | 'workflowEvent'
  | 'workflowBackfill'
  | 'workflowEntry'
  | 'workflowOutbox'
  | 'workflowLineage'

export type KernelDb = DbView<'auditEntry' | 'change' | 'membership' | 'project'>
export type KernelTx = TxView<'auditEntry' | 'change' | 'membership' | 'project'>
export type AuditDb = DbView<'auditEntry' | 'project' | 'change'>
export type IdentityDb = DbView<IdentityModels | 'cluster' | 'application' | 'change'>
/** Destinations say what a project may see; memberships are already on the actor. */
export type InventoryDb = DbView<InventoryModels | 'destination' | 'change' | 'project'>
export type InventoryTx = TxView<InventoryModels | 'destination' | 'change' | 'project'>
/** Of clusters, applications and rollouts it reads who they are and where: what a window or an exception is meant for. */
type FreezeTables =
  | FreezeModels
  | 'cluster'
  | 'destination'
  | 'application'
  | 'rollout'
  | 'rolloutTarget'
  | 'project'
  | 'membership'
  | 'user'
  | 'auditEntry'
  | 'change'
export type FreezeDb = DbView<FreezeTables>
export type FreezeTx = TxView<FreezeTables>
/** What hands act on is read as inventory shows it; credentials stay behind its connections. */
type HandsTables =
  | HandsModels
  | 'cluster'
  | 'inventoryObject'
  | 'destination'
  | 'change'
  | 'project'
  | 'membership'
  | 'auditEntry'
export type HandsDb = DbView<HandsTables>
export type HandsTx = TxView<HandsTables>
/** Projects are names here: whose people see a connection. */
export type AirflowDb = DbView<AirflowModels | 'project' | 'membership' | 'auditEntry' | 'change'>
export type AirflowTx = TxView<AirflowModels | 'project' | 'membership' | 'auditEntry' | 'change'>
/** Clusters are read for identity and labels only; the credential comes through a connection port. */
export type WorkloadDb = DbView<
  WorkloadModels | 'cluster' | 'destination' | 'project' | 'membership' | 'user' | 'auditEntry' | 'change'
>
export type WorkloadTx = TxView<
  WorkloadModels | 'cluster' | 'destination' | 'project' | 'membership' | 'user' | 'auditEntry' | 'change'
>

/** Clusters and applications are names here: where tasks run is the runner's affair. */
export type WorkflowDb = DbView<
  WorkflowModels | 'project' | 'membership' | 'user' | 'destination' | 'auditEntry' | 'change'
>
export type WorkflowTx = TxView<
  WorkflowModels | 'project' | 'membership' | 'user' | 'destination' | 'auditEntry' | 'change'
>

export type TxOf<Db> = Db extends { $transaction<R>(run: (tx: infer T) => Promise<R>): Promise<R> }
  ? T
  : never
export type { Prisma } from './generated/client'

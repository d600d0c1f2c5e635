import type { Environment } from '@fairlead/contracts/cluster'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import { freezeGate } from '@fairlead/freeze/gate'
import { noDags, stageStandings } from '@fairlead/contracts/stage-gates'
import { openDatabase } from '@fairlead/db/database'
import { ensureFirstInvitation } from '@fairlead/identity/first-invitation'
import { identityEntries } from '@fairlead/identity/entries'
import { clientOfName, destinationsOf } from '@fairlead/inventory/by-cluster-name'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { inventoryEntries } from '@fairlead/inventory/entries'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import { provisionDone, provisionProgress, type ProvisionProgress } from '@fairlead/inventory/provision'
import { createCipher } from '@fairlead/kernel/cipher'
import { systemActor, type Services as DoorServices } from '@fairlead/kernel/context'
import { createQueues } from '@fairlead/queue/queues'
import { workflowStandings } from '@fairlead/workflow/workflow-gate'
import { createKubernetesTaskRunner } from '@fairlead/task-runner/kubernetes-task-runner'
import { workflowEntries } from '@fairlead/workflow/entries'
import { workloadEntries } from '@fairlead/workload/entries'
import { loopbackOnly } from './allowed-endpoints'
import type { Home } from './home'
import type { Services } from './services'

/** What `up` itself tells the running installation, through the same door as everybody, as the actor "up". */
export interface Installation {
  firstInvitation(): Promise<string | null>
  provisionProgress(progress: ProvisionProgress): Promise<void>
  provisionDone(name: string): Promise<void>
  /** Registers a cluster unless one of that name is registered already. */
  registerCluster(input: {
    name: string
    environment: Environment
    labels: Record<string, string>
    kubeconfig: string
  }): Promise<void>
  ensureProject(name: string, description: string): Promise<void>
  setDestinations(
    project: string,
    destinations: InputOf<'project.setDestinations'>['destinations'],
  ): Promise<void>
  /** True when the application did not exist before. */
  applyApplication(document: string): Promise<boolean>
  applyWorkflow(document: string): Promise<void>
  deploy(input: { project: string; application: string; manifests: string; reason: string }): Promise<void>
  close(): Promise<void>
}

export async function openInstallation({
  services,
  home,
}: {
  services: Services
  home: Home
}): Promise<Installation> {
  const db = openDatabase({ url: services.databaseUrl, poolSize: 4 })
  const queues = createQueues({ redisUrl: services.redisUrl })
  const cipher = createCipher(home.secrets.encryptionKey)
  const connections = createClusterConnections({ db, cipher, allowedCidrs: loopbackOnly })
  const freeze = freezeGate(db)
  const entries = {
    ...identityEntries({ db }),
    ...inventoryEntries({ db, cipher, connections }),
    ...workloadEntries({
      db,
      clusters: connections,
      cipher,
      workflows: stageStandings(workflowStandings({ db }), noDags),
      waivers: waiverSource(db),
      freeze,
    }),
    ...workflowEntries({
      db,
      destinationsOf: destinationsOf(db),
      runner: createKubernetesTaskRunner({ clientOf: clientOfName(db, connections) }),
    }),
  }
  const door: DoorServices = {
    db,
    queues,
    clock: () => new Date(),
    onInternalError: (error, entry) => void process.stderr.write(`${entry}: ${String(error)}\n`),
  }
  const call = <K extends EntryName & keyof typeof entries>(
    name: K,
    input: InputOf<K>,
  ): Promise<OutputOf<K>> =>
    entries[name].invoke(door, { actor: systemActor('up'), via: 'cli', address: null }, input) as Promise<
      OutputOf<K>
    >
  return {
    firstInvitation: () => ensureFirstInvitation(db, new Date()),
    provisionProgress: (progress) => provisionProgress(db, progress),
    provisionDone: (name) => provisionDone(db, name),
    registerCluster: async (input) => {
      // Asked of the table: while it comes up again, the card of a registered cluster looks like that of a new one.
      if ((await db.cluster.count({ where: { name: input.name } })) === 0)
        await call('cluster.register', input)
    },
    ensureProject: async (name, description) => {
      await call('project.create', { name, description }).catch((error: unknown) => {
        if (!isFairleadError(error) || error.code !== 'conflict') throw error
      })
    },
    setDestinations: async (project, destinations) =>
      void (await call('project.setDestinations', { project, destinations })),
    applyApplication: async (document) => (await call('application.apply', { document })).created,
    applyWorkflow: async (document) => void (await call('workflow.apply', { document })),
    deploy: async ({ manifests, ...rest }) =>
      void (await call('rollout.deploy', { ...rest, change: { manifests } })),
    close: async () => {
      connections.close()
      await queues.close()
      await db.$disconnect()
    },
  }
}

import crypto from 'node:crypto'
import fs from 'node:fs'
import { createAirflowConnections } from '@fairlead/airflow/connections'
import { airflowEntries } from '@fairlead/airflow/entries'
import { auditEntries } from '@fairlead/audit-log/entries'
import { noDags, stageGates } from '@fairlead/contracts/stage-gates'
import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { Bell } from '@fairlead/contracts/doorbells'
import { freezeEntries } from '@fairlead/freeze/entries'
import { freezeGate } from '@fairlead/freeze/gate'
import { handsEntries } from '@fairlead/hands/entries'
import { identityEntries } from '@fairlead/identity/entries'
import { ensureFirstInvitation } from '@fairlead/identity/first-invitation'
import { createIdentity } from '@fairlead/identity/identity'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { inventoryEntries } from '@fairlead/inventory/entries'
import { podSight } from '@fairlead/inventory/pod-sight'
import { acquireLease } from '@fairlead/inventory/lease'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import { watchCluster } from '@fairlead/inventory/watch-cluster'
import { createCipher } from '@fairlead/kernel/cipher'
import { anonymous, type Actor, type Services } from '@fairlead/kernel/context'
import type { Entries } from '@fairlead/kernel/door'
import { createTestDatabase } from '@fairlead/testkit/database'
import { createInProcessRunner } from '@fairlead/testkit/task-runner/in-process-runner'
import { workflowEntries } from '@fairlead/workflow/entries'
import { createLocalEngine } from '@fairlead/workflow/testing/local-engine'
import { workflowGate } from '@fairlead/workflow/workflow-gate'
import { workloadEntries } from '@fairlead/workload/entries'
import { prometheusSource } from '@fairlead/workload/trial/prometheus'
import { rolloutReconciler } from '@fairlead/workload/rollout/reconcile'

const baseUrl = 'http://127.0.0.1:3000'
export type CanaryWorld = Awaited<ReturnType<typeof createCanaryWorld>>

/** Every room wired as the console and its workers wire it, on a real database and a real API server. */
export async function createCanaryWorld(kubeconfigFile: string) {
  const database = await createTestDatabase()
  const { db } = database
  const encryptionKey = crypto.randomBytes(32).toString('base64')
  const sessionSecret = crypto.randomBytes(32).toString('base64url')
  const cipher = createCipher(encryptionKey)
  const connections = createClusterConnections({ db, cipher, allowedCidrs: ['127.0.0.0/8'] })
  const identity = createIdentity({
    db,
    kernel: db,
    baseUrl,
    secret: sessionSecret,
    trustedOrigins: [baseUrl],
    clock: () => new Date(),
  })
  const rung: Bell[] = []
  const errors: string[] = []
  const note = (error: unknown): void =>
    void errors.push(error instanceof Error ? String(error.stack) : String(error))
  const runner = createInProcessRunner({ tasks: {} })
  const engine = createLocalEngine({ db, runner, clusters: ['real'] })
  const ring = async (bells: readonly Bell[]): Promise<void> => {
    rung.push(...bells)
    await engine.ring(bells.filter(({ doorbell }) => doorbell === 'run'))
  }
  const workflows = stageGates(workflowGate({ db, ring }), noDags)
  const workload = {
    db,
    cipher,
    clusters: connections,
    workflows,
    waivers: waiverSource(db),
    freeze: freezeGate(db),
  }
  const entries: Entries = {
    ...identityEntries({ db }),
    ...auditEntries({ db }),
    ...inventoryEntries({ db, cipher, connections }),
    ...airflowEntries({
      db,
      cipher,
      connections: createAirflowConnections({ db, cipher, allowedCidrs: [], clock: () => new Date() }),
      pods: podSight(db, connections),
    }),
    ...freezeEntries({ db }),
    ...handsEntries({ db, clusters: connections, freeze: freezeGate(db) }),
    ...workloadEntries(workload),
    ...workflowEntries({
      db,
      destinationsOf: () => Promise.resolve([{ cluster: 'real', namespace: '*' }]),
      runner,
    }),
  }
  const services: Services = { db, queues: { ring }, clock: () => new Date(), onInternalError: note }
  const call = <K extends EntryName>(actor: Actor, name: K, input: InputOf<K>): Promise<OutputOf<K>> =>
    entries[name].invoke(services, { actor, via: 'browser', address: '192.0.2.1' }, input) as Promise<
      OutputOf<K>
    >
  const signIn = async (email: string, password: string): Promise<Actor> => {
    const answer = await identity.handler(
      new Request(`${baseUrl}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: baseUrl },
        body: JSON.stringify({ email, password }),
      }),
      '192.0.2.1',
    )
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0])
    return identity.actorOfRequest(new Headers({ cookie: cookie.join('; ') }))
  }
  const stopping = new AbortController()
  let watching: Promise<void> = Promise.resolve()
  return {
    database,
    errors,
    rung,
    identity,
    encryptionKey,
    sessionSecret,
    kubeconfig: fs.readFileSync(kubeconfigFile, 'utf8'),
    call,
    signIn,
    firstAdministrator: async (email: string, password: string): Promise<Actor> => {
      const secret = (await ensureFirstInvitation(db, new Date())) ?? ''
      await call(anonymous, 'invitation.accept', { secret, name: 'Ada', email, password })
      return signIn(email, password)
    },
    clientOf: (clusterId: string) => connections.clientOf(clusterId),
    /** From then on the inventory sees the cluster. */
    watch: async (clusterId: string): Promise<void> => {
      const lease = await acquireLease(db, { clusterId, holder: 'canary' })
      if (lease === null) throw new Error('a new cluster has no lease to give')
      const silent = { onRollouts: () => undefined, onFenced: () => undefined, onConnected: () => undefined }
      const deps = { db, sql: db, connections, clock: () => new Date(), ...silent, onError: note }
      watching = watchCluster(
        { ...deps, onPoison: (_kind, message) => note(message) },
        lease,
        stopping.signal,
      )
    },
    reconcile: rolloutReconciler({ ...workload, workflows, metrics: prometheusSource([]) }),
    close: async (): Promise<void> => {
      stopping.abort()
      await watching
      await engine.close()
      connections.close()
      await database.drop()
    },
  }
}

/**
 * Moves rollouts and drains, and compares what runs with what was verified: answers the bells `rollout`
 * (packages/workload/src/rollout/reconcile.ts), `drift` (packages/workload/src/drift/reconcile.ts), `source`
 * (packages/workload/src/source/reconcile.ts) and `drain` (packages/hands/src/drain/reconcile.ts), rings what is due, and ends shells whose console is gone.
 * Everything it knows is in Postgres and in the clusters, so it may be killed, doubled or restarted at any time.
 */
import { createAirflowConnections } from '@fairlead/airflow/connections'
import { dagGate } from '@fairlead/airflow/dag-gate'
import { messageOf } from '@fairlead/contracts/errors'
import { stageGates } from '@fairlead/contracts/stage-gates'
import { openDatabase } from '@fairlead/db/database'
import { freezeGate } from '@fairlead/freeze/gate'
import { dueDrains } from '@fairlead/hands/drain/due-drains'
import { drainReconciler } from '@fairlead/hands/drain/reconcile'
import { endForgottenShells } from '@fairlead/hands/shell/end-forgotten'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { sourceSettings } from '@fairlead/inventory/source-settings'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import { createCipher } from '@fairlead/kernel/cipher'
import { systemActor } from '@fairlead/kernel/context'
import { every } from '@fairlead/queue/every'
import { createQueues } from '@fairlead/queue/queues'
import { startSweep } from '@fairlead/queue/sweep'
import { startWorker } from '@fairlead/queue/worker'
import { queueOptionsOf } from '@fairlead/queue/process-env'
import { stopOnSignal } from '@fairlead/queue/worker-process'
import { createSourceReader } from '@fairlead/sources/source-reader'
import { workflowGate } from '@fairlead/workflow/workflow-gate'
import { driftReconciler } from '@fairlead/workload/drift/reconcile'
import { dueDrifts, hastenDrifts } from '@fairlead/workload/drift/due-drifts'
import { prometheusSource } from '@fairlead/workload/trial/prometheus'
import { dueRollouts } from '@fairlead/workload/rollout/due-rollouts'
import { rolloutReconciler } from '@fairlead/workload/rollout/reconcile'
import { dueSources } from '@fairlead/workload/source/due-sources'
import { sourceReconciler } from '@fairlead/workload/source/reconcile'
import { sourceActorId } from '@fairlead/workload/source/source-deps'
import { deploy } from '@fairlead/workload/verbs/deploy'
import { pino } from 'pino'
import { readEnv } from './env'

const env = readEnv()
const log = pino({ name: 'workload-worker', level: env.LOG_LEVEL, base: { pid: process.pid } })
const clock = (): Date => new Date()
const db = openDatabase({ url: env.DATABASE_URL, poolSize: 12 })
const cipher = createCipher(env.FAIRLEAD_ENCRYPTION_KEY)
const queueOptions = queueOptionsOf(env)
const queues = createQueues(queueOptions)
const connections = createClusterConnections({
  db,
  cipher,
  allowedCidrs: env.FAIRLEAD_ALLOWED_CIDRS,
  sources: sourceSettings(env),
  userAgent: 'fairlead-workload-worker',
})

const airflows = createAirflowConnections({
  db,
  cipher,
  allowedCidrs: env.FAIRLEAD_AIRFLOW_CIDRS,
  clock,
})
const freeze = freezeGate(db)
const workload = {
  db,
  cipher,
  clusters: connections,
  freeze,
  workflows: stageGates(
    workflowGate({ db, ring: queues.ring }),
    dagGate({ db, connections: airflows, clock }),
  ),
  waivers: waiverSource(db),
  metrics: prometheusSource(env.FAIRLEAD_METRICS_CIDRS),
}
const reconcileRollout = rolloutReconciler(workload)
const internalError = (error: unknown, entry: string): void =>
  log.error({ reason: messageOf(error), entry }, 'an entry failed')
const sourceCall = { actor: systemActor(sourceActorId), via: 'worker', address: null } as const
const automaticDeploy = deploy(workload)
const reconcileSource = sourceReconciler({
  db,
  cipher,
  random: Math.random,
  reader: createSourceReader({
    allowedCidrs: env.FAIRLEAD_SOURCE_CIDRS,
    programs: { helm: env.FAIRLEAD_HELM, kubectl: env.FAIRLEAD_KUBECTL },
  }),
  deploy: ({ project, application, release, to, reason }) =>
    automaticDeploy.invoke({ db, queues, clock, onInternalError: internalError }, sourceCall, {
      project,
      application,
      change: { release },
      to,
      reason,
    }),
})

const worker = startWorker({
  ...queueOptions,
  application: 'workload-worker',
  concurrency: 8,
  clock,
  handlers: {
    drain: drainReconciler({ db, clusters: connections, freeze }),
    drift: driftReconciler({ db, cipher, clusters: connections, freeze }),
    source: reconcileSource,
    rollout: async (key, now) => {
      const outcome = await reconcileRollout(key, now)
      // Whatever changed of an ended rollout's objects rings for it too: that is how drift is noticed.
      if ('settled' in outcome) await hastenDrifts(db, key, now)
      return outcome
    },
  },
  onOutcome: (doorbell, key, outcome) => log.debug({ doorbell, key, outcome }, 'looked at it'),
  // The sweep rings a key whose pass failed again: its checkAt still lies in the past.
  onError: (doorbell, key, error) => log.warn({ doorbell, key, reason: messageOf(error) }, 'a pass failed'),
})
/** Nobody waits for the end of a shell that nobody holds. */
const shellsEveryMs = 15_000
const sweeping = {
  queues,
  clock,
  onError: (error: unknown) => log.warn({ reason: messageOf(error) }, 'the sweep will try again'),
}
const sweeps = [
  startSweep({ ...sweeping, doorbell: 'rollout', due: (now) => dueRollouts(db, now) }),
  startSweep({ ...sweeping, doorbell: 'drift', due: (now) => dueDrifts(db, now) }),
  startSweep({ ...sweeping, doorbell: 'source', due: (now) => dueSources(db, now) }),
  startSweep({ ...sweeping, doorbell: 'drain', due: (now) => dueDrains(db, now), everyMs: 1_000 }),
  every(shellsEveryMs, async () => (await endForgottenShells({ db, clock })) > 0, sweeping.onError),
]

stopOnSignal(log, async () => {
  await Promise.all(sweeps.map((sweep) => sweep.close()))
  await worker.close()
  await queues.close()
  connections.close()
  await db.$disconnect()
})
log.info('started')

/**
 * Moves workflow runs: answers the bell `run` with packages/workflow/src/run/reconcile.ts, rings what is due, hears
 * the runner of every cluster and connected Airflow, keeps the calendar, archives logs and tells the outside. Everything it knows is in Postgres
 * and in the clusters, so it may be killed, doubled or restarted at any time.
 */
import { createAirflowConnections } from '@fairlead/airflow/connections'
import { airflowPlaces, withAirflows } from '@fairlead/airflow/destinations'
import { createAirflowTaskRunner } from '@fairlead/airflow/task-runner/airflow-task-runner'
import { besideAirflow } from '@fairlead/airflow/task-runner/beside'
import { connectionOf } from '@fairlead/contracts/airflow-place'
import { messageOf } from '@fairlead/contracts/errors'
import { openDatabase } from '@fairlead/db/database'
import { openFastSql } from '@fairlead/db/fast-sql'
import { clientOfName, destinationsOf } from '@fairlead/inventory/by-cluster-name'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { sourceSettings } from '@fairlead/inventory/source-settings'
import { createCipher } from '@fairlead/kernel/cipher'
import { every } from '@fairlead/queue/every'
import { createQueues } from '@fairlead/queue/queues'
import { startSweep } from '@fairlead/queue/sweep'
import { startWorker } from '@fairlead/queue/worker'
import { queueOptionsOf } from '@fairlead/queue/process-env'
import { stopOnSignal } from '@fairlead/queue/worker-process'
import { createKubernetesTaskRunner } from '@fairlead/task-runner/kubernetes-task-runner'
import { tick } from '@fairlead/workflow/calendar/tick'
import { createEngine } from '@fairlead/workflow/engine'
import { dagOfAttempt, livePlaces, openDagRuns } from '@fairlead/workflow/run/open-dag-runs'
import { guardedPost } from '@fairlead/workflow/outbox/post'
import { pruneOutbox, sendDue } from '@fairlead/workflow/outbox/send-due'
import { rolloutGate } from '@fairlead/workload/rollout-gate'
import { pino } from 'pino'
import { readEnv } from './env'
import { startObservers } from './observers'

const env = readEnv()
const log = pino({ name: 'workflow-worker', level: env.LOG_LEVEL, base: { pid: process.pid } })
const clock = (): Date => new Date()
const db = openDatabase({ url: env.DATABASE_URL, poolSize: 6 })
const queueOptions = queueOptionsOf(env)
const sql = openFastSql({ url: env.DATABASE_URL, poolSize: 12 })
const queues = createQueues(queueOptions)
const cipher = createCipher(env.FAIRLEAD_ENCRYPTION_KEY)
const connections = createClusterConnections({
  db,
  cipher,
  allowedCidrs: env.FAIRLEAD_ALLOWED_CIDRS,
  sources: sourceSettings(env),
  userAgent: 'fairlead-workflow-worker',
})
const airflow = createAirflowTaskRunner({
  db,
  connections: createAirflowConnections({
    db,
    cipher,
    allowedCidrs: env.FAIRLEAD_AIRFLOW_CIDRS,
    clock,
  }),
  openRuns: (connection) => openDagRuns(sql, connection),
  dagOf: (key) => dagOfAttempt(sql, key),
})
const runner = besideAirflow(createKubernetesTaskRunner({ clientOf: clientOfName(db, connections) }), airflow)
const engine = createEngine({
  db,
  sql,
  runner,
  rollouts: rolloutGate(db),
  destinationsOf: withAirflows(db, destinationsOf(db)),
  ring: queues.ring,
})
const outbox = {
  db,
  post: guardedPost(env.FAIRLEAD_NOTIFY_CIDRS),
  consoleUrl: env.FAIRLEAD_URL,
  webhookSecrets: env.FAIRLEAD_WEBHOOK_SECRETS,
  lineage:
    env.FAIRLEAD_OPENLINEAGE_URL === undefined
      ? null
      : { url: env.FAIRLEAD_OPENLINEAGE_URL, token: env.FAIRLEAD_OPENLINEAGE_TOKEN },
}

const hourMs = 3_600_000
/** Messages that were sent, or given up, are kept this long. */
const keptDays = 30

const later = (what: string) => (error: unknown) =>
  log.warn({ reason: messageOf(error) }, `${what} will be tried again`)
const parts = [
  startWorker({
    ...queueOptions,
    application: 'workflow-worker',
    concurrency: 8,
    clock,
    handlers: { run: engine.reconcile },
    onOutcome: (_, run, outcome) => log.debug({ run, outcome }, 'looked at a run'),
    // The sweep rings a run whose pass failed again: its checkAt still lies in the past.
    onError: (doorbell, key, error) => log.warn({ doorbell, key, reason: messageOf(error) }, 'a pass failed'),
  }),
  startSweep({ queues, doorbell: 'run', due: engine.due, clock, onError: later('the sweep') }),
  startObservers({
    runner,
    places: async () => {
      const clusters = await db.cluster.findMany({ select: { name: true } })
      // A connection that was removed is heard of until nothing lives there: what it is asked about is lost then.
      const [connected, live] = await Promise.all([airflowPlaces(db), livePlaces(sql)])
      const airflows = [...connected, ...live.filter((place) => connectionOf(place) !== null)]
      return [...new Set([...clusters.map(({ name }) => name), ...airflows])]
    },
    hear: (cluster, event) => engine.hear(cluster, event, clock()),
    onError: (error, cluster) => log.warn({ cluster, reason: messageOf(error) }, 'observing begins again'),
  }),
  every(250, async () => (await engine.keepHouse(clock())) > 0, later('upkeep')),
  every(
    500,
    async () => {
      const { bells, started, skipped, problems } = await tick({ db, versions: engine.versions }, clock())
      await queues.ring(bells)
      for (const run of started) log.info(run, 'the calendar started a run')
      for (const slot of skipped) log.info(slot, 'the calendar skipped a time')
      for (const { workflowId, error } of problems)
        log.warn({ workflowId, reason: messageOf(error) }, 'a schedule could not be looked at')
      return false
    },
    later('the calendar'),
  ),
  every(500, async () => (await sendDue(outbox, clock())).more, later('the outbox')),
  every(
    hourMs,
    async () => {
      await pruneOutbox(db, new Date(clock().getTime() - keptDays * 24 * hourMs))
      return false
    },
    later('pruning'),
  ),
]

stopOnSignal(log, async () => {
  await Promise.all(parts.map((part) => part.close()))
  await queues.close()
  connections.close()
  await sql.close()
  await db.$disconnect()
})
log.info('started')

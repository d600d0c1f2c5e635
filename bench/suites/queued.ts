import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import { documentOf } from '@fairlead/workflow/testing/workflow-scene'
import path from 'node:path'
import type pg from 'pg'
import { ensureProject } from '../harness/application'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { openFloor } from '../harness/container-floor'
import { cpuMs, processIn } from '../harness/cpu'
import { openInstallationDatabase } from '../harness/installation-database'
import { childIn } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import type { Api, BenchStack } from '../harness/stack'
import { share } from '../harness/share'
import type { Suite, SuiteContext } from '../harness/suite'
import { until } from '../harness/wait'

/** As many as one backfill may have. */
const aTime = 1_000
const runs = Math.max(1, Math.round(5 * share)) * aTime
/** 110 pods each: every pod of a run, and of the one before that is still being tidied away, finds room. */
const nodes = 100
const project = 'bench'
const cluster = 'queue'
const [namespace, floorNamespace] = ['bench-queued', 'bench-queued-floor']

/**
 * Five thousand runs of one Job each, or a share of them, queued by backfills of a schedule, on one engine and a control plane whose nodes
 * are kwok's; beside it, on the same control plane, a script that creates as many Jobs at once and watches them end.
 */
async function run(bench: BenchStack, { say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  const devclusters = createDevclusters({ home: path.join(bench.stack.home, 'queue') })
  await devclusters.ensurePrerequisites('simulated')
  const coming = devclusters.create(cluster, { nodes: 'simulated', simulatedNodes: nodes })
  const remove = atEnd(async () => {
    await coming.catch(() => undefined)
    await devclusters.delete(cluster)
  })
  try {
    const { adminKubeconfig, consoleKubeconfig } = await coming
    const client = clientOf(adminKubeconfig)
    for (const name of [namespace, floorNamespace]) await ensureNamespace(client, name)
    const floor = await measureFloor(client)
    say(`queued: a script has ${runs} Jobs done after ${floor.toFixed(1)} s`)
    await bench.register(cluster, consoleKubeconfig)
    await ensureProject(bench.api, cluster)
    const workflow = await applyShape(bench.api)
    const database = await openInstallationDatabase(bench.stack.home)
    const took = await measure(bench, database, workflow)
    say(`queued: ${runs} runs done after ${took.seconds.toFixed(1)} s`)
    await database.end()
    client.close()
    return rowsOf(took, floor)
  } finally {
    await remove()
  }
}

interface Took {
  readonly seconds: number
  /** Of the engine's process and the database, a run. */
  readonly cpu: number
}

const rowsOf = (took: Took, floor: number): ResultRow[] => [
  resultRow({
    shape: `${runs} queued runs of one Job, kwok, one engine (published: Argo 17–19 min, tuned 2 on 5 shards), beside a script with Jobs`,
    unit: 's',
    samples: [took.seconds],
    baseline: [floor],
    ...(share === 1 ? { goal: { of: 'value', atMost: 120 } as const } : {}),
  }),
  resultRow({
    shape: `${runs} queued runs of one Job: CPU a run, engine and database`,
    unit: 'ms',
    samples: [took.cpu],
    goal: { of: 'value', atMost: 50 },
  }),
]

/** Takes its Jobs and their pods away again, so that both measurements begin with an empty cluster. */
async function measureFloor(client: KubeClient): Promise<number> {
  const floor = await openFloor(client, floorNamespace, 'jobs')
  const seconds = await floor.atOnce(runs)
  floor.close()
  await client.request({
    method: 'DELETE',
    path: `/apis/batch/v1/namespaces/${floorNamespace}/jobs`,
    // It answers when the last one is marked.
    timeoutMs: 600_000,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
  })
  await until({ what: 'empty namespace', timeoutMs: 600_000, everyMs: 2_000 }, async () => {
    const pods = await listObjects(client, { apiVersion: 'v1', kind: 'Pod' }, { namespace: floorNamespace })
    return pods.length === 0 ? true : undefined
  })
  return seconds
}

async function applyShape(api: Api): Promise<string> {
  const source = documentOf([{ id: 'work', run: { command: ['true'] } }], {
    schedule: { cron: '* * * * *', timezone: 'Etc/UTC', catchup: 'none' },
    limits: { maxActiveRuns: aTime },
    defaults: { cluster, namespace, image: 'localhost/busybox:1' },
  })
  const document = JSON.parse(source) as { metadata: { name: string; project: string } }
  document.metadata.project = project
  await api.workflow.apply.mutate({ document: JSON.stringify(document) })
  // Its own schedule would add runs that nobody counts.
  await api.workflow.pause.mutate({ project, workflow: document.metadata.name, reason: 'bench' })
  return document.metadata.name
}

/** From the first request until the last run's own end, as Fairlead recorded it. */
async function measure(bench: BenchStack, database: pg.Client, workflow: string): Promise<Took> {
  const engine = childIn(bench.stack.pid, 'workflow-worker')
  const server = processIn(path.join(bench.stack.home, 'postgres'))
  const cpu = (): number => cpuMs(engine) + cpuMs(server)
  const [used, startedAt] = [cpu(), Date.now()]
  const first = Date.UTC(2026, 0, 1)
  const minute = (at: number): string => new Date(first + at * 60_000).toISOString()
  for (let at = 0; at < runs; at += aTime)
    await bench.api.workflow.backfill.mutate({
      project,
      workflow,
      from: minute(at),
      to: minute(at + aTime - 1),
    })
  const { succeeded, last } = await until(
    { what: `end of ${runs} runs`, timeoutMs: 1_200_000, everyMs: 500 },
    () => ended(database),
  )
  if (succeeded !== runs) throw new Error(`Only ${succeeded} of ${runs} runs succeeded.`)
  return { seconds: (last.getTime() - startedAt) / 1000, cpu: (cpu() - used) / runs }
}

interface Ended {
  readonly succeeded: number
  readonly last: Date
}

async function ended(database: pg.Client): Promise<Ended | undefined> {
  const { rows } = await database.query<{ ended: number; succeeded: number; last: Date | null }>(
    `SELECT count("finishedAt")::int AS ended, count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
            max("finishedAt") AS last
     FROM workflow_runs WHERE "backfillId" IS NOT NULL`,
  )
  const [row] = rows
  return row?.last && row.ended >= runs ? { succeeded: row.succeeded, last: row.last } : undefined
}

export const queued: Suite = { needs: 'console', run }

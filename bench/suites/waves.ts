import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { applyObject } from '@fairlead/kube/apply'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { cpuMs, processIn } from '../harness/cpu'
import { openInstallationDatabase } from '../harness/installation-database'
import { childIn, watchMemory } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import type { Api, BenchStack } from '../harness/stack'
import { share } from '../harness/share'
import type { Suite, SuiteContext } from '../harness/suite'
import { until } from '../harness/wait'

/** Whole: five hundred applications, each on every one of twenty clusters. At least two clusters, for there to be waves. */
const applications = Math.max(2, Math.round(500 * share))
const clusters = Math.max(2, Math.round(20 * share))
const targets = applications * clusters
const [project, scriptNamespace] = ['waves', 'waves-script']
/** A first cluster, a quarter of them, the rest; three targets of an application at a time. */
const order = { sizes: [1, '25%'], maxConcurrent: 3, bake: '2s', failureBudget: 0 }
const nodesPerCluster = 10
/** Of the script: as many at once as the applications' waves could be, to be no slower for that. */
const atOnce = 50

const nameOf = (index: number): string => `wave-${String(index + 1).padStart(3, '0')}`

interface Opened {
  readonly name: string
  readonly client: KubeClient
}

/**
 * Applications whose one stage goes through waves over many control planes, whose nodes are kwok's; all of them deployed at
 * once, on one worker. Beside it a script that applies as many Deployments to the same clusters and waits for their pods.
 */
async function run(bench: BenchStack, context: SuiteContext): Promise<readonly ResultRow[]> {
  const { say, atEnd } = context
  const devclusters = createDevclusters({ home: path.join(bench.stack.home, 'waves') })
  await devclusters.ensurePrerequisites('simulated')
  const opened: Opened[] = []
  for (let at = 0; at < clusters; at++) {
    const name = nameOf(at)
    const coming = devclusters.create(name, { nodes: 'simulated', simulatedNodes: nodesPerCluster })
    atEnd(async () => {
      await coming.catch(() => undefined)
      await devclusters.delete(name)
    })
    const { adminKubeconfig, consoleKubeconfig } = await coming
    await register(bench.api, name, consoleKubeconfig)
    opened.push({ name, client: clientOf(adminKubeconfig) })
  }
  say(`waves: ${clusters} clusters are registered`)
  const script = await measureScript(opened)
  say(`waves: a script has ${targets} Deployments ready after ${script.toFixed(1)} s`)
  await declare(bench.api, opened)
  const database = await openInstallationDatabase(bench.stack.home)
  const took = await measure(bench, database)
  say(`waves: ${applications} applications through their waves after ${took.seconds.toFixed(1)} s`)
  await database.end()
  for (const { client } of opened) client.close()
  return rowsOf(took, script)
}

async function register(api: Api, name: string, file: string): Promise<void> {
  const kubeconfig = fs.readFileSync(file, 'utf8')
  await api.cluster.register.mutate({
    name,
    kubeconfig,
    environment: 'staging',
    labels: { fleet: 'waves' },
  })
}

async function declare(api: Api, opened: readonly Opened[]): Promise<void> {
  await api.project.create.mutate({ name: project })
  const destinations = opened.map(({ name }) => ({ cluster: name, namespace: '*' }))
  await api.project.setDestinations.mutate({ project, destinations })
  for (let at = 0; at < applications; at++) {
    const name = `${project}-${nameOf(at)}`
    const stage = {
      name: 'fleet',
      targets: { selector: { fleet: 'waves' }, namespace: name },
      deadline: { progress: '30m', total: '2h' },
      waves: order,
    }
    const metadata = { name, project }
    const document = {
      apiVersion: 'fairlead.dev/v1',
      kind: 'Application',
      metadata,
      spec: { stages: [stage] },
    }
    await api.application.apply.mutate({ document: JSON.stringify(document) })
  }
}

/** Each application's own Deployment: what of it is small, so that what is measured is what Fairlead does. */
const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'localhost/demo-web:1.0.0',
            resources: { requests: { cpu: '1m', memory: '1Mi' } },
          },
        ],
      },
    },
  },
})

async function measureScript(opened: readonly Opened[]): Promise<number> {
  for (const { client } of opened) await ensureNamespace(client, scriptNamespace)
  const wishes = opened.flatMap(({ client }) =>
    Array.from({ length: applications }, (_, at) => ({ client, object: deployment(nameOf(at)) })),
  )
  const startedAt = Date.now()
  for (let at = 0; at < wishes.length; at += atOnce)
    await Promise.all(
      wishes
        .slice(at, at + atOnce)
        .map(({ client, object }) =>
          applyObject(
            client,
            { ...object, metadata: { ...object.metadata, namespace: scriptNamespace } },
            { fieldManager: 'bench' },
          ),
        ),
    )
  await Promise.all(opened.map(({ client }) => untilReady(client)))
  const seconds = (Date.now() - startedAt) / 1_000
  for (const { client } of opened)
    await client.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${scriptNamespace}`,
      timeoutMs: 60_000,
    })
  return seconds
}

const untilReady = (client: KubeClient): Promise<true> =>
  until({ what: 'ready Deployments of the script', timeoutMs: 1_800_000, everyMs: 1_000 }, async () => {
    const kind = { apiVersion: 'apps/v1', kind: 'Deployment' }
    const found = await listObjects(client, kind, { namespace: scriptNamespace })
    const ready = found.filter(({ status }) => JSON.stringify(status ?? {}).includes('"availableReplicas":1'))
    return ready.length === applications ? true : undefined
  })

interface Took {
  readonly seconds: number
  /** Of the worker over its base, at its peak, in MB. */
  readonly memory: number
  /** Of the worker and the database, a target, in ms. */
  readonly cpu: number
}

async function measure(bench: BenchStack, database: pg.Client): Promise<Took> {
  const worker = childIn(bench.stack.pid, 'workload-worker')
  const server = processIn(path.join(bench.stack.home, 'postgres'))
  const memory = watchMemory(worker)
  const base = memory.peak()
  const cpu = (): number => cpuMs(worker) + cpuMs(server)
  const [used, startedAt] = [cpu(), Date.now()]
  for (let at = 0; at < applications; at++) {
    const name = `${project}-${nameOf(at)}`
    const manifests = JSON.stringify(deployment('web'))
    await bench.api.rollout.deploy.mutate({ project, application: name, change: { manifests } })
  }
  const { converged, last } = await until(
    { what: `end of ${applications} rollouts`, timeoutMs: 7_200_000, everyMs: 1_000 },
    () => ended(database),
  )
  memory.stop()
  if (converged !== targets) throw new Error(`Only ${converged} of ${targets} targets converged.`)
  return {
    seconds: (last.getTime() - startedAt) / 1_000,
    memory: memory.peak() - base,
    cpu: (cpu() - used) / targets,
  }
}

interface Ended {
  readonly converged: number
  readonly last: Date
}

/** Once every rollout has ended: how many targets have the release, and when the last did. */
async function ended(database: pg.Client): Promise<Ended | undefined> {
  const { rows } = await database.query<{ open: number; all: number; last: Date | null }>(
    `SELECT count(*) FILTER (WHERE r."finishedAt" IS NULL)::int AS open, count(*)::int AS all, max(r."finishedAt") AS last
     FROM rollouts r JOIN applications a ON a.id = r."applicationId" WHERE a.name LIKE $1`,
    [`${project}-%`],
  )
  const [row] = rows
  if (row === undefined || row.last === null || row.open > 0 || row.all < applications) return undefined
  const counted = await database.query<{ converged: number }>(
    `SELECT count(*)::int AS converged FROM rollout_targets WHERE wave > 0 AND state = 'converged'`,
  )
  return { converged: counted.rows[0]?.converged ?? 0, last: row.last }
}

function rowsOf(took: Took, script: number): ResultRow[] {
  const shape = `${applications} applications through 3 waves over ${clusters} clusters (API servers that are real, nodes that are kwok's), one worker`
  return [
    resultRow({
      shape: `${shape}, beside a script that applies as many Deployments and waits`,
      unit: 's',
      samples: [took.seconds],
      baseline: [script],
    }),
    resultRow({
      shape: `${shape}: worker memory over its base, at its peak`,
      unit: 'MB',
      samples: [took.memory],
    }),
    resultRow({ shape: `${shape}: CPU a target, worker and database`, unit: 'ms', samples: [took.cpu] }),
  ]
}

export const waves: Suite = { needs: 'console', run }

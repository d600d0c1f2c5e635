import { documentOf } from '@fairlead/workflow/testing/workflow-scene'
import path from 'node:path'
import { ensureProject } from '../harness/application'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { openFloor } from '../harness/container-floor'
import { cpuMs, processIn } from '../harness/cpu'
import { childIn, proportionalMb } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import type { Api, BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause } from '../harness/wait'

const turns = 3
const project = 'bench'
const cluster = 'staging'
const namespace = 'bench-jobs'
const [length, width] = [10, 30]

interface Took {
  readonly seconds: number
  /** Of the engine's process and the database, a task. */
  readonly cpu: number
}

/**
 * Real containers: a chain of ten and thirty at once, as workflows of the running installation, and by a script that has
 * no engine at all, with bare pods and with Jobs, in turns on the same cluster.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const { adminKubeconfig } = await bench.ensureCluster(cluster)
  const client = clientOf(adminKubeconfig)
  for (const name of [namespace, 'bench-floor']) await ensureNamespace(client, name)
  await ensureProject(bench.api, cluster)
  const names = await applyShapes(bench.api)
  const [pods, jobs] = [
    await openFloor(client, 'bench-floor', 'pods'),
    await openFloor(client, 'bench-floor', 'jobs'),
  ]
  const cpu = cpuOf(bench)
  const idle = proportionalMb(bench.stack.pid)
  const took = { chain: [] as Took[], wide: [] as Took[] }
  const floor = {
    podChain: [] as number[],
    jobChain: [] as number[],
    podsAtOnce: [] as number[],
    jobsAtOnce: [] as number[],
  }
  for (let turn = 0; turn < turns; turn++) {
    floor.podChain.push(await pods.inTurn(length))
    took.chain.push(await measure(bench.api, names.chain, { tasks: length, cpu }))
    floor.jobChain.push(await jobs.inTurn(length))
    floor.podsAtOnce.push(await pods.atOnce(width))
    took.wide.push(await measure(bench.api, names.wide, { tasks: width, cpu }))
    floor.jobsAtOnce.push(await jobs.atOnce(width))
    say(
      `jobs ${turn + 1}/${turns}: chain ${took.chain.at(-1)?.seconds.toFixed(1)} s, pods ${floor.podChain.at(-1)?.toFixed(1)}, Jobs ${floor.jobChain.at(-1)?.toFixed(1)}; at once ${took.wide.at(-1)?.seconds.toFixed(1)}, ${floor.podsAtOnce.at(-1)?.toFixed(1)}, ${floor.jobsAtOnce.at(-1)?.toFixed(1)}`,
    )
  }
  pods.close()
  jobs.close()
  client.close()
  return rowsOf(took, floor, idle)
}

function rowsOf(
  took: { readonly chain: readonly Took[]; readonly wide: readonly Took[] },
  floor: Readonly<Record<'podChain' | 'jobChain' | 'podsAtOnce' | 'jobsAtOnce', readonly number[]>>,
  idle: number,
): ResultRow[] {
  const seconds = (samples: readonly Took[]): number[] => samples.map((one) => one.seconds)
  const row = (
    shape: string,
    samples: readonly number[],
    baseline: readonly number[],
    atMost?: number,
  ): ResultRow =>
    resultRow({
      shape,
      unit: 's',
      samples,
      baseline,
      ...(atMost === undefined ? {} : { goal: { of: 'ratio', atMost } as const }),
    })
  return [
    row(
      `chain of ${length} real Jobs, beside a script with bare pods`,
      seconds(took.chain),
      floor.podChain,
      1.1,
    ),
    row(`chain of ${length} real Jobs, beside a script with Jobs`, seconds(took.chain), floor.jobChain),
    row(
      `${width} real Jobs at once, beside a script with bare pods`,
      seconds(took.wide),
      floor.podsAtOnce,
      1.2,
    ),
    row(`${width} real Jobs at once, beside a script with Jobs`, seconds(took.wide), floor.jobsAtOnce),
    resultRow({
      shape: 'CPU a Job task, engine and database',
      unit: 'ms',
      samples: took.wide.map((one) => one.cpu),
      goal: { of: 'value', atMost: 50 },
    }),
    resultRow({
      shape: 'whole product idle: console, workers, watcher, databases',
      unit: 'MB',
      samples: [idle],
      goal: { of: 'value', atMost: 600 },
    }),
  ]
}

async function applyShapes(api: Api): Promise<{ readonly chain: string; readonly wide: string }> {
  const spec = { defaults: { cluster, namespace, image: 'localhost/busybox:1' } }
  const run = { command: ['true'] }
  const apply = async (tasks: Parameters<typeof documentOf>[0]): Promise<string> => {
    const document = JSON.parse(documentOf(tasks, spec)) as { metadata: { name: string; project: string } }
    document.metadata.project = project
    await api.workflow.apply.mutate({ document: JSON.stringify(document) })
    return document.metadata.name
  }
  const upTo = (count: number): number[] => [...Array(count).keys()]
  return {
    chain: await apply(
      upTo(length).map((at) => ({ id: `t${at}`, needs: at === 0 ? [] : [`t${at - 1}`], run })),
    ),
    wide: await apply(upTo(width).map((at) => ({ id: `t${at}`, run }))),
  }
}

/** Milliseconds that the engine's process and the installation's database have used so far. */
function cpuOf({ stack }: BenchStack): () => number {
  const engine = childIn(stack.pid, 'workflow-worker')
  const database = processIn(path.join(stack.home, 'postgres'))
  return () => cpuMs(engine) + cpuMs(database)
}

/** From the request until the run's own end, as Fairlead recorded it. */
async function measure(
  api: Api,
  workflow: string,
  { tasks, cpu }: { readonly tasks: number; readonly cpu: () => number },
): Promise<Took> {
  const [used, startedAt] = [cpu(), Date.now()]
  const { run } = await api.workflow.start.mutate({ project, workflow })
  for (;;) {
    const view = await api.run.get.query({ run })
    if (view.finishedAt !== null) {
      if (view.state !== 'succeeded') throw new Error(`The run ended as ${view.state}: ${view.reason}`)
      return {
        seconds: (Date.parse(view.finishedAt) - startedAt) / 1000,
        cpu: (cpu() - used) / tasks,
      }
    }
    await pause(100)
  }
}

export const jobs: Suite = { needs: 'clusters', run }

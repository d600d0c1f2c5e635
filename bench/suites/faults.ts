import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { getObject, listObjects } from '@fairlead/kube/objects'
import { documentOf } from '@fairlead/workflow/testing/workflow-scene'
import { ensureProject } from '../harness/application'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { childIn } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import type { Api, BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause, until } from '../harness/wait'

const project = 'bench'
const cluster = 'staging'
const namespace = 'bench-faults'
const size = 100
const awayMs = 15_000

/**
 * A hundred real containers at once while the engine is killed, and again while the API server is away. Recovered is
 * whoever tells of something that happened after: a pod deleted in the meantime, lost, recorded with its reason. The
 * cluster has to recover as well (its controllers elect a leader anew): what counts is how much later than it we know.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const { adminKubeconfig } = await bench.ensureCluster(cluster)
  const admin = clientOf(adminKubeconfig)
  await ensureNamespace(admin, namespace)
  await ensureProject(bench.api, cluster)
  const workflow = await applyShape(bench.api)
  const { run } = await bench.api.workflow.start.mutate({ project, workflow })
  await allRun(bench.api, run)
  say(`faults: ${size} tasks run`)

  process.kill(childIn(bench.stack.pid, 'workflow-worker'), 'SIGKILL')
  const afterKill = await untilSeenLost(bench.api, admin, { run, index: 0 })
  say(`faults: the engine was killed; ${wordsOf(afterKill)}`)

  const devclusters = createDevclusters({ home: bench.stack.clusters })
  await allRun(bench.api, run)
  await devclusters.stopComponent(cluster, 'apiserver')
  await pause(awayMs)
  await devclusters.startComponent(cluster, 'apiserver')
  await until({ what: 'answer of the API server', timeoutMs: 120_000, everyMs: 100 }, () =>
    admin.request({ method: 'GET', path: '/readyz' }).then(
      () => true as const,
      () => undefined,
    ),
  )
  const afterRestart = await untilSeenLost(bench.api, admin, { run, index: 1 })
  say(`faults: the API server came back; ${wordsOf(afterRestart)}`)

  const { lost, doubled } = await accountOf(bench.api, admin, run)
  admin.close()
  const none = { of: 'value', atMost: 0 } as const
  const soon = { of: 'value', atMost: 10 } as const
  const shape = `${size} running tasks`
  return [
    resultRow({
      shape: `${shape}, engine killed: until it tells of what happens, beside the cluster itself`,
      unit: 's',
      samples: [afterKill.told],
      baseline: [afterKill.cluster],
      goal: soon,
    }),
    resultRow({
      shape: `${shape}, API server away for ${awayMs / 1000} s: until what happens after is told, beside the cluster itself`,
      unit: 's',
      samples: [afterRestart.told],
      baseline: [afterRestart.cluster],
    }),
    resultRow({
      shape: `${shape}, API server away for ${awayMs / 1000} s: how much later than the cluster we know`,
      unit: 's',
      samples: [Math.max(0, afterRestart.told - afterRestart.cluster)],
      goal: soon,
    }),
    resultRow({
      shape: `${shape}: attempts lost, but for the two pods deleted`,
      unit: '',
      samples: [lost],
      goal: none,
    }),
    resultRow({ shape: `${shape}: containers doubled`, unit: '', samples: [doubled], goal: none }),
  ]
}

/** Long enough for a hundred to start and two faults; whoever is run again ends at once. */
async function applyShape(api: Api): Promise<string> {
  const source = documentOf(
    [
      {
        id: 'work',
        forEach: '${{ parameters.items }}',
        run: { command: ['sh', '-c', '[ $FAIRLEAD_ATTEMPT -gt 1 ] && sleep 30 || sleep 200'] },
        retries: { budgets: { lost: 1 }, backoff: { initial: '1s', jitter: false } },
      },
    ],
    {
      defaults: { cluster, namespace, image: 'localhost/busybox:1' },
      parameters: { items: { type: 'array', default: [...Array(size).keys()] } },
    },
  )
  const document = JSON.parse(source) as { metadata: { name: string; project: string } }
  document.metadata.project = project
  await api.workflow.apply.mutate({ document: JSON.stringify(document) })
  return document.metadata.name
}

const allRun = (api: Api, run: string): Promise<true> =>
  until({ what: `${size} running tasks`, timeoutMs: 170_000, everyMs: 1_000 }, async () => {
    const { tasks } = await api.run.indexes.query({ run, task: 'work', limit: size })
    return tasks.filter(({ state, startedAt }) => state === 'running' && startedAt !== null).length === size
      ? true
      : undefined
  })

/** Deletes the pod of one index; seconds until it is gone from the cluster, and until its attempt is recorded as lost. */
async function untilSeenLost(
  api: Api,
  admin: KubeClient,
  { run, index }: { readonly run: string; readonly index: number },
): Promise<Seen> {
  const attempts = async () => (await api.run.task.query({ run, task: 'work', index })).attemptList
  const startedAt = performance.now()
  const place = (await attempts()).at(-1)?.place ?? ''
  const name = /\/(\S+)/.exec(place)?.[1]
  if (name === undefined) throw new Error(`Nothing tells where index ${index} runs: "${place}".`)
  await admin.request({
    method: 'DELETE',
    path: `/api/v1/namespaces/${namespace}/pods/${name}`,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 },
  })
  const seconds = (): number => (performance.now() - startedAt) / 1000
  const patience = { timeoutMs: 120_000, everyMs: 50 }
  const [cluster, told] = await Promise.all([
    until({ what: 'end of the pod', ...patience }, async () => {
      const pod = await getObject(admin, { apiVersion: 'v1', kind: 'Pod', namespace, name })
      return pod === null ? seconds() : undefined
    }),
    until({ what: 'lost attempt', ...patience }, async () =>
      (await attempts()).some(({ state }) => state === 'lost') ? seconds() : undefined,
    ),
  ])
  return { cluster, told }
}

interface Seen {
  readonly cluster: number
  readonly told: number
}

const wordsOf = ({ cluster, told }: Seen): string =>
  `a deleted pod was gone after ${cluster.toFixed(1)} s, and told of after ${told.toFixed(1)} s`

/** Counted where the engine can't be wrong about itself: by the cluster's own events of Jobs that made pods. */
async function accountOf(api: Api, admin: KubeClient, run: string) {
  await until({ what: 'end of the run', timeoutMs: 400_000, everyMs: 1_000 }, async () =>
    (await api.run.get.query({ run })).finishedAt === null ? undefined : true,
  )
  const { tasks } = await api.run.indexes.query({ run, task: 'work', limit: size })
  const events = await listObjects(admin, { apiVersion: 'v1', kind: 'Event' }, { namespace })
  const pods = events.filter((event) => event['reason'] === 'SuccessfulCreate').length
  const attempts = tasks.reduce((sum, task) => sum + task.attempts, 0)
  return { lost: attempts - (size + 2) + unsuccessful(tasks), doubled: pods - (size + 2) }
}

const unsuccessful = (tasks: readonly { readonly state: string }[]): number =>
  tasks.filter(({ state }) => state !== 'succeeded').length

export const faults: Suite = { needs: 'clusters', run }

import {
  applyApplication,
  deploy,
  deployAndConverge,
  ensureProject,
  liftHold,
  untilEnded,
} from '../harness/application'
import { clientOf, ensureNamespace, kubectlFor, untilSettled, type Kubectl } from '../harness/cluster'
import { hasMissedItsDeadline, imageOf, observeDeployments, type Observer } from '../harness/observer'
import { resultRow, type ResultRow } from '../harness/result'
import type { BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'
import { webDeployment, type WebOptions } from '../harness/web-deployment'

const runs = 5
const ours = { name: 'bench-rollback', cluster: 'production', namespace: 'bench-rollback' } as const
const theirs = 'bench-undo'
const broken = '2.0.0-broken'

/**
 * Each run is a release of its own: what differs is not the good version's template, so nothing restarts for it. The
 * broken one is new each time: where a ReplicaSet for it is left from before, the deployment controller may keep the
 * condition NewReplicaSetAvailable of the version in between, under which no deadline runs.
 */
function manifest(version: WebOptions['version'], turn: number): string {
  const annotations = { 'bench/run': String(turn) }
  const podAnnotations = version === broken ? annotations : {}
  return webDeployment({ version, progressDeadlineSeconds: 10, annotations, podAnnotations })
}

/**
 * A version that never gets ready, a Deployment that gives it 10 s. A watch beside both sides hears the condition
 * ProgressDeadlineExceeded, and later the old template; between the two lies the answer. The baseline is what people
 * write into pipelines: `kubectl rollout status || kubectl rollout undo`.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const { stack, api, ensureCluster } = bench
  const { adminKubeconfig } = await ensureCluster(ours.cluster)
  const client = clientOf(adminKubeconfig)
  const kubectl = await kubectlFor(adminKubeconfig, stack.clusters)
  await ensureProject(api, ours.cluster)
  for (const namespace of [ours.namespace, theirs]) await ensureNamespace(client, namespace)
  await applyApplication(api, ours)
  const mine = await observeDeployments(client, ours.namespace)
  const other = await observeDeployments(client, theirs)
  const fairlead: Answered[] = []
  const script: number[] = []
  for (let turn = 0; turn < runs; turn++) {
    await untilSettled(client, [ours.namespace, theirs])
    fairlead.push(await byFairlead(bench, mine, turn))
    await untilSettled(client, [ours.namespace, theirs])
    script.push(await byScript(kubectl, other, turn))
    say(
      `rollback ${turn + 1}/${runs}: ${fairlead.at(-1)?.condition.toFixed(3)} s, script ${script.at(-1)?.toFixed(3)} s`,
    )
  }
  mine.close()
  other.close()
  client.close()
  return [
    resultRow({
      shape:
        'deadline condition → Deployment rolled back, beside kubectl rollout status || kubectl rollout undo',
      unit: 's',
      samples: fairlead.map(({ condition }) => condition),
      baseline: script,
      goal: { of: 'value', atMost: 1 },
    }),
    resultRow({
      shape: 'of it: evidence stored → Deployment rolled back',
      unit: 's',
      samples: fairlead.map(({ evidence }) => evidence),
      goal: { of: 'value', atMost: 1 },
    }),
  ]
}

/** Seconds until the old template was back: from the Deployment's condition, and from the entry that holds the evidence. */
interface Answered {
  readonly condition: number
  readonly evidence: number
}

async function byFairlead(bench: BenchStack, observer: Observer, turn: number): Promise<Answered> {
  await liftHold(bench.api, ours.name)
  await deployAndConverge(bench, ours.name, manifest('1.0.0', turn))
  const startedAt = Date.now()
  const rollout = await deploy(bench.api, ours.name, manifest(broken, turn))
  const state = await untilEnded(bench, rollout)
  if (state !== 'rolled_back') throw new Error(`The broken version ended as ${state}.`)
  const { timeline } = await bench.api.rollout.get.query({ rollout })
  const stored = timeline.find(({ kind }) => kind === 'rolling_back')
  if (stored === undefined) throw new Error('No evidence was stored.')
  const storedAt = Date.parse(stored.at)
  const back = await observer.first(storedAt, (seen) => !imageOf(seen).endsWith(broken))
  return { condition: await answerTime(observer, startedAt), evidence: (back.at - storedAt) / 1000 }
}

async function byScript(kubectl: Kubectl, observer: Observer, turn: number): Promise<number> {
  const scope = ['--namespace', theirs]
  const apply = (version: WebOptions['version']) =>
    kubectl(['apply', ...scope, '--filename', '-'], manifest(version, turn))
  await apply('1.0.0')
  await kubectl(['rollout', 'status', ...scope, 'deployment/web'])
  const startedAt = Date.now()
  await apply(broken)
  const status = await kubectl(['rollout', 'status', ...scope, 'deployment/web'])
  if (status.code === 0) throw new Error('kubectl took the broken version for a success.')
  const undone = await kubectl(['rollout', 'undo', ...scope, 'deployment/web'])
  if (undone.code !== 0) throw new Error(undone.stderr)
  return answerTime(observer, startedAt)
}

/** Seconds. */
async function answerTime(observer: Observer, sinceMs: number): Promise<number> {
  const missed = await observer.first(
    sinceMs,
    (seen) => imageOf(seen).endsWith(broken) && hasMissedItsDeadline(seen),
  )
  const back = await observer.first(missed.at, (seen) => !imageOf(seen).endsWith(broken))
  return (back.at - missed.at) / 1000
}

export const rollback: Suite = { needs: 'clusters', run }

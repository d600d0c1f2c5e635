import setUpCluster from '@fairlead/testkit/cluster-setup'
import setUpServices from '@fairlead/testkit/services-setup'
import { application, createScene, deployment, type Scene } from '@fairlead/workload/testing/scene'
import { worldOf } from '@fairlead/workload/testing/watch-world'
import { ensureNamespace, kubectlFor, type Kubectl } from '../harness/cluster'
import { changedCount, manyObjects, objectCount } from '../harness/many-objects'
import { imageOf, observeDeployments, type Observer } from '../harness/observer'
import { resultRow, type ResultRow } from '../harness/result'
import type { Say, Suite, SuiteContext } from '../harness/suite'
import { pause, until } from '../harness/wait'

const turns = 7
const warmUps = 1
const rollbacks = 5
const theirs = 'bench-diff'

/**
 * The room that plans, on a PostgreSQL and an API server of its own and without the console's HTTP around it: the plan of
 * an application of 200 objects, and by turns `kubectl diff --server-side` of the same manifests against the same state in
 * a namespace beside it. Then what lies between the evidence that a rollout stores and the patch that puts it back.
 */
async function run({ say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  const stopServices = await setUpServices()
  const end = atEnd(stopServices)
  const stopCluster = await setUpCluster()
  const endCluster = atEnd(stopCluster)
  const scene = await createScene()
  try {
    return [...(await planRows(scene, say)), await rollbackRow(scene, say)]
  } finally {
    await scene.drop()
    await endCluster()
    await end()
  }
}

async function planRows(scene: Scene, say: Say): Promise<ResultRow[]> {
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }], 'many'),
  })
  const change = (version: number) => ({ application: 'many', change: { manifests: manyObjects(version) } })
  const { rollout } = await scene.call('ada', 'rollout.deploy', change(1))
  const { rollout: state } = await scene.drive(rollout)
  if (state !== 'succeeded') throw new Error(`The first deploy ended as ${state}.`)
  const kubectl = await kubectlHere()
  await ensureNamespace(scene.admin, theirs)
  const applied = await kubectl(
    ['apply', '--server-side', '--namespace', theirs, '--filename', '-'],
    manyObjects(1),
  )
  if (applied.code !== 0) throw new Error(applied.stderr)
  await until({ what: 'Deployments of kubectl', timeoutMs: 120_000, everyMs: 1_000 }, async () =>
    (await worldOf(scene).replicaSets(theirs)) === objectCount / 5 ? true : undefined,
  )
  const ours: number[] = []
  const diffs: number[] = []
  for (let turn = -warmUps; turn < turns; turn++) {
    const mine = async () => void ours.push(await timedPlan(scene, change(2)))
    const other = async () => void diffs.push(await timedDiff(kubectl))
    for (const go of turn % 2 === 0 ? [mine, other] : [other, mine]) await go()
    say(`plan ${turn + 1}/${turns}: ${ours.at(-1)?.toFixed(3)} s, kubectl diff ${diffs.at(-1)?.toFixed(3)} s`)
  }
  return [
    resultRow({
      shape: `plan of ${objectCount} objects, ${changedCount} of them changed, beside kubectl diff --server-side`,
      unit: 's',
      samples: ours.slice(warmUps),
      baseline: diffs.slice(warmUps),
      goal: { of: 'value', atMost: 2 },
    }),
  ]
}

async function kubectlHere(): Promise<Kubectl> {
  const kubeconfig = process.env['FAIRLEAD_TEST_ADMIN_KUBECONFIG'] ?? ''
  return kubectlFor(kubeconfig, process.env['FAIRLEAD_TEST_CLUSTERS'] ?? '')
}

async function timedPlan(
  scene: Scene,
  change: { readonly application: string; readonly change: { readonly manifests: string } },
): Promise<number> {
  const startedAt = performance.now()
  const { stages } = await scene.call('ada', 'rollout.plan', change)
  const seconds = (performance.now() - startedAt) / 1000
  const objects = stages[0]?.targets[0]?.objects ?? []
  const changed = objects.filter((object) => object.change === 'change').length
  if (objects.length !== objectCount || changed !== changedCount)
    throw new Error(`The plan has ${objects.length} objects, ${changed} of them changed.`)
  return seconds
}

async function timedDiff(kubectl: Kubectl): Promise<number> {
  const diff = await kubectl(
    ['diff', '--server-side', '--namespace', theirs, '--filename', '-'],
    manyObjects(2),
  )
  // 1: there are differences.
  if (diff.code !== 1) throw new Error(`kubectl diff ended with ${diff.code}: ${diff.stderr}`)
  return diff.ms / 1000
}

async function rollbackRow(scene: Scene, say: Say): Promise<ResultRow> {
  const namespace = `${scene.namespace}-b`
  await scene.call('ada', 'application.apply', {
    document: application(namespace, [{ name: 'staging' }], 'web'),
  })
  const samples: number[] = []
  await deployWeb(scene, 0, false)
  const observer = await observeDeployments(scene.admin, namespace)
  for (let turn = 1; turn <= rollbacks; turn++) {
    samples.push(await timedRollback({ scene, observer, namespace, turn }))
    say(`evidence → patch ${turn}/${rollbacks}: ${samples.at(-1)?.toFixed(3)} s`)
  }
  observer.close()
  return resultRow({
    shape: 'evidence stored → the patch of the rollback seen by a watch',
    unit: 's',
    samples,
    goal: { of: 'value', atMost: 1 },
  })
}

const webImage = (turn: number, broken: boolean): string =>
  `registry.example/web:${turn}${broken ? '-broken' : ''}`

async function deployWeb(scene: Scene, turn: number, broken: boolean): Promise<string> {
  const manifests = deployment({ image: webImage(turn, broken), replicas: 1, broken })
  const { rollout } = await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })
  if (!broken) await scene.drive(rollout)
  return rollout
}

interface Turn {
  readonly scene: Scene
  readonly observer: Observer
  readonly namespace: string
  readonly turn: number
}

/** Seconds from the entry that holds the evidence to the Deployment with its old image. */
async function timedRollback({ scene, observer, namespace, turn }: Turn): Promise<number> {
  const { db } = scene.database
  const sets = await worldOf(scene).replicaSets(namespace)
  const rollout = await deployWeb(scene, turn, true)
  await scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
  while ((await worldOf(scene).replicaSets(namespace)) === sets) await pause(50)
  scene.expire(rollout)
  const { rollout: state } = await scene.drive(rollout)
  if (state !== 'rolled_back') throw new Error(`The broken version ended as ${state}.`)
  const { at } = await db.rolloutEntry.findFirstOrThrow({
    where: { rolloutId: rollout, kind: 'rolling_back' },
  })
  const back = await observer.first(at.getTime(), (seen) => !imageOf(seen).endsWith('-broken'))
  return (back.at - at.getTime()) / 1000
}

export const plan: Suite = { needs: 'nothing', run }

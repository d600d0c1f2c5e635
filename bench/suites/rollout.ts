import {
  applyApplication,
  deploy,
  deployAndConverge,
  ensureProject,
  untilEnded,
} from '../harness/application'
import { clientOf, ensureNamespace, kubectlFor, untilSettled, type Kubectl } from '../harness/cluster'
import { imageOf, isComplete, observeDeployments, type Observer } from '../harness/observer'
import { resultRow, type ResultRow } from '../harness/result'
import type { BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'
import { webDeployment } from '../harness/web-deployment'

const runs = 10
const ours = { name: 'bench-rollout', cluster: 'staging', namespace: 'bench-fairlead' } as const
const theirs = 'bench-kubectl'

/** Seconds: the whole, and its parts before and after what the cluster itself did. */
interface Sample {
  readonly whole: number
  readonly untilChanged: number
  readonly afterComplete: number
}
type Version = '1.0.0' | '1.1.0'

/**
 * The same change of the same Deployment on the same cluster, in turns by kubectl and by Fairlead; who goes first
 * alternates. Measured where a person or a pipeline stands: from the request to the answer that all has converged.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const sides = await prepare(bench)
  const fairlead: Sample[] = []
  const kubectl: Sample[] = []
  for (let turn = 0; turn < runs; turn++) {
    const version: Version = turn % 2 === 0 ? '1.1.0' : '1.0.0'
    const byFairlead = async (): Promise<void> => void fairlead.push(await sides.fairlead(version))
    const byKubectl = async (): Promise<void> => void kubectl.push(await sides.kubectl(version))
    for (const go of turn % 2 === 0 ? [byFairlead, byKubectl] : [byKubectl, byFairlead]) {
      await sides.settle()
      await go()
    }
    const [mine, other] = [fairlead.at(-1), kubectl.at(-1)]
    say(
      `rollout ${turn + 1}/${runs}: ${mine?.whole.toFixed(2)} s, kubectl ${other?.whole.toFixed(2)} s; changed after ${mine?.untilChanged.toFixed(2)} and ${other?.untilChanged.toFixed(2)} s`,
    )
  }
  sides.close()
  const row = (shape: string, part: keyof Sample): Parameters<typeof resultRow>[0] => ({
    shape,
    unit: 's',
    samples: fairlead.map((sample) => sample[part]),
    baseline: kubectl.map((sample) => sample[part]),
  })
  return [
    resultRow({
      ...row('deploy → converged, 3 replicas, beside kubectl apply && kubectl rollout status', 'whole'),
      goal: { of: 'ratio', atMost: 1.05 },
    }),
    resultRow(row('of it: request → Deployment changed', 'untilChanged')),
    resultRow(row('of it: Deployment complete → told so', 'afterComplete')),
  ]
}

async function prepare(bench: BenchStack) {
  const { stack, api, ensureCluster } = bench
  const { adminKubeconfig } = await ensureCluster(ours.cluster)
  const client = clientOf(adminKubeconfig)
  const kubectl = await kubectlFor(adminKubeconfig, stack.clusters)
  await ensureProject(api, ours.cluster)
  for (const namespace of [ours.namespace, theirs]) await ensureNamespace(client, namespace)
  await applyApplication(api, ours)
  const watchers = {
    ours: await observeDeployments(client, ours.namespace),
    theirs: await observeDeployments(client, theirs),
  }
  await deployAndConverge(bench, ours.name, webDeployment({ version: '1.0.0' }))
  await withKubectl(kubectl, '1.0.0')
  return {
    fairlead: (version: Version) =>
      timed(watchers.ours, version, async () => {
        const state = await untilEnded(bench, await deploy(api, ours.name, webDeployment({ version })))
        if (state !== 'succeeded') throw new Error(`The rollout ended as ${state}.`)
      }),
    kubectl: (version: Version) => timed(watchers.theirs, version, () => withKubectl(kubectl, version)),
    settle: () => untilSettled(client, [ours.namespace, theirs]),
    close: () => {
      watchers.ours.close()
      watchers.theirs.close()
      client.close()
    },
  }
}

async function withKubectl(kubectl: Kubectl, version: Version): Promise<void> {
  const scope = ['--namespace', theirs]
  const applied = await kubectl(['apply', ...scope, '--filename', '-'], webDeployment({ version }))
  if (applied.code !== 0) throw new Error(applied.stderr)
  const status = await kubectl(['rollout', 'status', ...scope, 'deployment/web'])
  if (status.code !== 0) throw new Error(status.stderr)
}

async function timed(observer: Observer, version: Version, work: () => Promise<void>): Promise<Sample> {
  const startedAt = Date.now()
  await work()
  const endedAt = Date.now()
  const isNew = (deployment: Parameters<typeof imageOf>[0]): boolean =>
    imageOf(deployment).endsWith(`:${version}`)
  const changed = await observer.first(startedAt, isNew)
  const complete = await observer.first(startedAt, (seen) => isNew(seen) && isComplete(seen))
  return {
    whole: (endedAt - startedAt) / 1000,
    untilChanged: (changed.at - startedAt) / 1000,
    afterComplete: (endedAt - complete.at) / 1000,
  }
}

export const rollout: Suite = { needs: 'clusters', run }

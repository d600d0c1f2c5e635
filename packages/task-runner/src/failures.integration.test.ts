import type { AttemptObservation, AttemptStart } from '@fairlead/contracts/task-runner'
import { taskLabelKeys } from '@fairlead/contracts/labels'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, listObjects } from '@fairlead/kube/objects'
import { openNodeCluster, type NodeCluster } from '@fairlead/testkit/task-runner/node-cluster'
import { createWitness, type Witness } from '@fairlead/testkit/task-runner/witness'
import type { TaskRunner } from '@fairlead/contracts/task-runner'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createKubernetesTaskRunner } from './kubernetes-task-runner'
import { attemptOf, clientFrom, newNamespace, program, shell } from './testing/kube-fixture'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })

const cluster = 'tasks'
let node: NodeCluster
let client: KubeClient
let admin: KubeClient
let namespace: string
let runner: TaskRunner
let witness: Witness

beforeAll(async () => {
  node = await openNodeCluster()
  client = clientFrom(node.consoleKubeconfig)
  admin = clientFrom(node.adminKubeconfig)
  namespace = await newNamespace(admin, 'failures')
  runner = createKubernetesTaskRunner({ clientOf: async () => client, owner: namespace, graceSeconds: 2 })
  witness = createWitness(runner, cluster, 150_000)
  await witness.firstList()
})
afterAll(async () => {
  await witness.stop()
  await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name: namespace })
  client.close()
  admin.close()
  await node.close()
})

const attempt = (spec: Partial<AttemptStart['spec']>, change: Partial<AttemptStart> = {}): AttemptStart =>
  attemptOf({ namespace, ...spec }, change)
const run = async (spec: Partial<AttemptStart['spec']>): Promise<AttemptStart> => {
  const started = attempt(spec)
  // A quota that was just deleted still holds for a moment.
  await vi.waitFor(
    async () => expect((await runner.start(started, cluster)).kind).toMatch(/accepted|already_exists/),
    { timeout: 120_000, interval: 200 },
  )
  return started
}
const podsOf = ({ key }: AttemptStart) =>
  listObjects(
    admin,
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, labelSelector: `${taskLabelKeys.attempt}=${key}` },
  )
const deletePod = async (of: AttemptStart): Promise<void> => {
  for (const { metadata } of await podsOf(of))
    await deleteObject(admin, { apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name })
}
const pending = (key: string, found: (seen: AttemptObservation) => boolean): Promise<AttemptObservation> =>
  witness.until(
    () => witness.of(key).find((seen) => seen.phase === 'pending' && found(seen)),
    `${key} waits so`,
  )

describe('an attempt on a real node', () => {
  it('is lost, and not run a second time, when somebody deletes its pod', async () => {
    const started = await run(program('endless'))
    await witness.reached(started.key, 'running')
    await deletePod(started)
    expect(await witness.ended(started.key)).toMatchObject({ phase: 'failed', cause: 'lost' })
    expect(
      (await podsOf(started)).filter(({ metadata }) => metadata.deletionTimestamp === undefined),
    ).toEqual([])
  })

  it('is lost only when nothing of it runs any more, when somebody deletes its Job', async () => {
    const started = await run(program('endless'))
    await witness.reached(started.key, 'running')
    await deleteObject(admin, { apiVersion: 'batch/v1', kind: 'Job', namespace, name: started.key })
    expect(await witness.ended(started.key)).toMatchObject({ phase: 'failed', cause: 'lost' })
    const live = (await podsOf(started)).filter((pod) => {
      const status = pod['status']
      return typeof status === 'object' && status !== null && 'phase' in status && status.phase === 'Running'
    })
    expect(live).toEqual([])
  })

  it('is disrupted when its pod is evicted, as a drained node does', async () => {
    const started = await run(program('endless'))
    await witness.reached(started.key, 'running')
    const [pod] = await podsOf(started)
    const name = pod?.metadata.name ?? ''
    await admin.request({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
    })
    expect(await witness.ended(started.key)).toMatchObject({ phase: 'failed', cause: 'disruption' })
  })

  it('says that memory ran out', async () => {
    const started = await run({
      ...shell('x=a; while true; do x=$x$x; done'),
      resources: { requests: { memory: '16Mi' }, limits: { memory: '16Mi' } },
    })
    expect(await witness.ended(started.key)).toMatchObject({ phase: 'failed', cause: 'oom', exitCode: 137 })
  })

  it('tells a program that is killed or missing by its exit code', async () => {
    const killed = await run(shell('kill -9 $$; sleep 1; exit 137'))
    const missing = await run({ command: ['/no/such/program'] })
    expect(await witness.ended(killed.key)).toMatchObject({ cause: 'exit_code', exitCode: 137 })
    const seen = await witness.ended(missing.key)
    expect(seen).toMatchObject({ cause: 'exit_code', exitCode: 128, output: null })
    expect(seen.reason).toContain('/no/such/program')
  })

  it('waits with a reason for an image that is missing, and then fails', async () => {
    const started = await run({ image: 'localhost/no-such-image:1' })
    expect((await pending(started.key, ({ cause }) => cause === 'image_pull')).reason).toMatch(
      /^(ErrImagePull|ImagePullBackOff)/,
    )
    expect(await witness.ended(started.key)).toMatchObject({
      phase: 'failed',
      cause: 'image_pull',
      exitCode: null,
    })
    await runner.cancel(started.key, cluster)
  })

  it('waits with a reason when no node takes it, when a ConfigMap is missing, or when a quota is full', async () => {
    const huge = await run({ resources: { requests: { cpu: '1000' }, limits: {} } })
    expect((await pending(huge.key, ({ reason }) => reason.startsWith('Unschedulable'))).reason).toContain(
      'cpu',
    )
    const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'nothing', key: 'x' } } }]
    const missing = await run({
      ...program('succeed'),
      podTemplate: JSON.stringify({ spec: { containers: [{ env }] } }),
    })
    await pending(missing.key, ({ reason }) => reason.startsWith('CreateContainerConfigError'))
    await withQuota({ pods: '0' }, async () => {
      const podless = await run(program('succeed'))
      const seen = await pending(podless.key, ({ cause }) => cause === 'quota')
      expect(seen.reason).toContain('exceeded quota')
      await runner.cancel(podless.key, cluster)
    })
    for (const { key } of [huge, missing]) await runner.cancel(key, cluster)
  })

  it('survives an API server that goes away: nothing lost, nothing doubled', async () => {
    const started: AttemptStart[] = []
    for (let index = 0; index < 12; index += 1)
      started.push(await run(shell(`sleep ${4 + index}; printf ${index} > $FAIRLEAD_OUTPUT`)))
    // On a busy machine the first may be over before anybody saw it run.
    for (const { key } of started)
      await witness.until(() => witness.of(key).find(({ phase }) => phase !== 'pending'), `${key} begins`)
    const told = witness.events.length
    await node.devclusters.stopComponent(cluster, 'apiserver')
    await witness.until(
      () => witness.events.slice(told).find(({ kind }) => kind === 'unreachable'),
      'unreachable',
    )
    expect(await runner.start(attempt(program('succeed')), cluster)).toMatchObject({
      kind: 'rejected',
      permanence: 'transient',
      cause: 'api_error',
    })
    expect(await runner.cancel('fl-test-none', cluster)).toMatchObject({ kind: 'unreachable' })
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    await node.devclusters.startComponent(cluster, 'apiserver')
    await witness.until(() => witness.events.slice(told).find(({ kind }) => kind === 'synced'), 'synced')
    for (const [index, { key }] of started.entries()) {
      expect(await witness.ended(key)).toMatchObject({ phase: 'succeeded', output: String(index) })
      expect(new Set(witness.of(key).map(({ uid }) => uid)).size).toBe(1)
    }
  })
})

describe('a start on a real API server', () => {
  it('is refused for good, with the reason, where it can never work', async () => {
    const nowhere = attempt({ ...program('succeed'), namespace: 'no-such-namespace' })
    const unknown = attempt({ ...program('succeed'), podTemplate: '{"spec":{"nonsense":true}}' })
    const unparsable = attempt({ ...program('succeed'), podTemplate: '[1]' })
    const invalid = attempt({ ...program('succeed'), resources: { requests: { cpu: 'much' }, limits: {} } })
    for (const [wrong, words] of [
      [nowhere, 'namespace no-such-namespace does not exist'],
      [unknown, 'nonsense'],
      [unparsable, 'pod template'],
      [invalid, 'quantities'],
    ] as const) {
      const result = await runner.start(wrong, cluster)
      expect(result).toMatchObject({ kind: 'rejected', permanence: 'permanent', cause: 'invalid' })
      expect(result.kind === 'rejected' && result.reason).toContain(words)
    }
  })

  it('never adopts, ends or cleans up a Job that is not ours', async () => {
    const wanted = attempt(program('succeed'))
    const template = {
      spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'localhost/pause:1' }] },
    }
    const foreign = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: wanted.key, namespace },
      spec: { template },
    }
    await applyObject(admin, foreign, { fieldManager: 'somebody' })
    const result = await runner.start(wanted, cluster)
    expect(result).toMatchObject({ kind: 'rejected', permanence: 'permanent' })
    expect(result.kind === 'rejected' && result.reason).toContain('not adopted')
    expect(await runner.cancel(wanted.key, cluster)).toEqual({ kind: 'gone' })
    expect(await runner.cleanup(wanted.key, cluster)).toEqual({ kind: 'gone' })
    const jobs = await listObjects(admin, { apiVersion: 'batch/v1', kind: 'Job' }, { namespace })
    expect(jobs.map(({ metadata }) => metadata.name)).toContain(wanted.key)
  })

  it('waits for a quota', async () => {
    await withQuota({ 'count/jobs.batch': '0' }, async () => {
      const result = await runner.start(attempt(program('succeed')), cluster)
      expect(result).toMatchObject({ kind: 'rejected', permanence: 'transient', cause: 'quota' })
    })
  })

  it('gives the container what it was promised, and no token of the API server', async () => {
    const names = 'RUN TASK INDEX ATTEMPT ATTEMPT_TOKEN OUTPUT'
    const script = `for n in ${names}; do eval echo "\\$FAIRLEAD_$n"; done; echo $OWN; ls /var/run/secrets/kubernetes.io 2>&1; ls /scratch`
    const podTemplate = JSON.stringify({
      metadata: { labels: { team: 'data' }, annotations: { note: 'kept' } },
      spec: {
        volumes: [{ name: 'scratch', emptyDir: {} }],
        containers: [{ name: 'main', volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }],
      },
    })
    const started = await run({ ...shell(script), env: { OWN: 'own' }, podTemplate })
    expect(await witness.ended(started.key)).toMatchObject({ phase: 'succeeded' })
    const { lines } = await runner.logs(started.key, cluster, null)
    const { run: runId, token } = started
    expect(lines.map(({ text }) => text).slice(0, 7)).toEqual([
      runId,
      'load',
      '0',
      '1',
      token,
      '/dev/termination-log',
      'own',
    ])
    expect(lines[7]?.text).toContain('No such file')
    const [pod] = await podsOf(started)
    expect(pod?.metadata.labels).toMatchObject({ team: 'data' })
    expect(pod?.metadata.annotations).toMatchObject({ note: 'kept' })
  })
})

const podSpec = { restartPolicy: 'Never', containers: [{ name: 'a', image: 'localhost/pause:1' }] }
const podProbe = { apiVersion: 'v1', kind: 'Pod', spec: podSpec }
const jobProbe = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: podSpec } } }

/** Asked by a dry run, which leaves nothing behind. */
const isAdmitted = (probe: typeof podProbe | typeof jobProbe): Promise<boolean> =>
  applyObject(
    admin,
    { ...probe, metadata: { name: 'probe', namespace } },
    { fieldManager: 'fairlead-test', dryRun: true },
  ).then(
    () => true,
    (error: unknown) => {
      if (/exceeded quota/.test(String(error))) return false
      if (/status unknown for quota/.test(String(error))) return true
      throw error
    },
  )

async function withQuota(hard: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'ResourceQuota', namespace, name: 'full' }
  const object = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'full', namespace },
    spec: { hard },
  }
  await applyObject(admin, object, { fieldManager: 'fairlead-test' })
  // Nothing is enforced before the quota controller has counted, and the API server has heard of it.
  const probe = Object.keys(hard).some((name) => name.includes('jobs')) ? jobProbe : podProbe
  while (await isAdmitted(probe)) await new Promise((resolve) => setTimeout(resolve, 100))
  try {
    await work()
  } finally {
    await deleteObject(admin, ref)
  }
}

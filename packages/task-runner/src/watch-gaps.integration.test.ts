import type { AttemptStart, TaskRunner } from '@fairlead/contracts/task-runner'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, patchObject } from '@fairlead/kube/objects'
import { createWitness, type Witness } from '@fairlead/testkit/task-runner/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKubernetesTaskRunner } from './kubernetes-task-runner'
import { createGappyClient, type GappyClient } from './testing/gappy-client'
import { attemptOf, clientFrom, newNamespace } from './testing/kube-fixture'

// On the simulated nodes of the test cluster, where a Job's pod completes by itself unless no node takes it.
const cluster = 'test'
const kubeconfig = (name: string): string => {
  const file = process.env[name]
  if (file === undefined) throw new Error(`${name} is unset: run integration tests with the testkit set-up`)
  return file
}

let client: KubeClient
let namespace: string
let gaps: GappyClient
let runner: TaskRunner
let witness: Witness

beforeAll(async () => {
  client = clientFrom(kubeconfig('FAIRLEAD_TEST_KUBECONFIG'))
  namespace = await newNamespace(client, 'gaps')
  gaps = createGappyClient(client)
  runner = createKubernetesTaskRunner({ clientOf: async () => gaps.client, owner: namespace })
  witness = createWitness(runner, cluster, 150_000)
  await witness.firstList()
})
afterAll(async () => {
  await witness.stop()
  client.close()
})

const start = async (endless = false): Promise<AttemptStart> => {
  const requests: Record<string, string> = endless ? { cpu: '1000' } : {}
  const attempt = attemptOf({ namespace, resources: { requests, limits: {} } })
  expect(await runner.start(attempt, cluster)).toEqual({ kind: 'accepted' })
  return attempt
}
const waits = (key: string) =>
  witness.until(() => witness.of(key).find(({ phase }) => phase === 'pending'), `${key} waits`)
const syncedAfter = (count: number) =>
  witness.until(() => {
    const found = witness.events.slice(count).find((event) => event.kind === 'synced')
    return found?.kind === 'synced' && found
  }, 'another full list')

const job = { apiVersion: 'batch/v1', kind: 'Job' }
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 100))
}

describe('a watch with gaps', () => {
  it('lists everything again when the version it had reached is no longer kept', async () => {
    const living = await start(true)
    const doomed = await start(true)
    await waits(living.key)
    await waits(doomed.key)
    const told = witness.events.length
    gaps.forgetVersions(true)
    gaps.silence('jobs')
    gaps.silence('pods')
    await deleteObject(client, { ...job, namespace, name: doomed.key })
    gaps.breakAll()
    const { keys, listedFrom } = await syncedAfter(told)
    gaps.forgetVersions(false)
    expect(keys.has(living.key)).toBe(true)
    expect(listedFrom.getTime()).toBeLessThanOrEqual(Date.now())
    expect(await witness.ended(doomed.key)).toMatchObject({ phase: 'failed', cause: 'lost' })
    await runner.cancel(living.key, cluster)
  })

  it('asks for the pod of a Job that ended before its pod was seen, and notices that the watch of pods is silent', async () => {
    const before = gaps.lists('pods')
    gaps.silence('pods')
    const attempt = await start()
    const seen = await witness.ended(attempt.key)
    expect(seen).toMatchObject({ phase: 'succeeded', exitCode: 0 })
    expect(seen.place).toContain(attempt.key)
    await until(() => gaps.lists('pods') > before)
  })

  it('notices by the Job that the watch of pods has fallen silent since the pod was seen', async () => {
    const attempt = await start(true)
    await witness.until(() => witness.of(attempt.key).find(({ place }) => place !== null), 'a pod')
    const before = gaps.lists('pods')
    gaps.silence('pods')
    const deadline = { spec: { activeDeadlineSeconds: 1 } }
    await patchObject(client, { ...job, namespace, name: attempt.key }, deadline)
    expect(await witness.ended(attempt.key)).toMatchObject({ phase: 'failed' })
    expect(gaps.lists('pods')).toBeGreaterThanOrEqual(before)
  })

  it('notices by what it started itself that both watches have fallen silent', async () => {
    gaps.silence('jobs')
    gaps.silence('pods')
    const attempt = await start()
    expect(await witness.ended(attempt.key)).toMatchObject({ phase: 'succeeded', exitCode: 0 })
  })

  it('tells of hundreds at once in few batches, and cleans each up with little more than a call', async () => {
    const attempts = await Promise.all(Array.from({ length: 200 }, () => start()))
    for (const { key } of attempts) expect(await witness.ended(key)).toMatchObject({ phase: 'succeeded' })
    const done = await Promise.all(attempts.map(({ key }) => runner.cleanup(key, cluster)))
    expect(done.filter(({ kind }) => kind === 'unreachable')).toEqual([])
  })
})

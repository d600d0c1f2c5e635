import type { Verdict } from '@fairlead/contracts/verdict'
import { applyObject } from '../apply'
import { verdictOf } from '../health/verdict-of'
import type { KubeClient } from '../kube-client'
import type { KubeObject } from '../kube-object'
import { listObjects, patchObject } from '../objects'
import { playPod, playWaiting } from './kubelet-player'
import { seriesRecorder } from './series-recorder'
import { manifestOf, type OracleCase, type Step } from './oracle-case'

/** A case on its way: how many of its steps were taken, and what our own apply returned last. */
export interface Course {
  readonly row: OracleCase
  taken: number
  minGeneration: number | null
}
export interface Seen {
  readonly object: KubeObject
  readonly verdict: Verdict
}

/** Namespaces, quota and nodes in which the cases are played, all at once. */
export async function prepareWorld(client: KubeClient): Promise<void> {
  const apply = (object: KubeObject) => applyObject(client, object, { fieldManager: 'platform-team' })
  const namespace = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })
  await namespace('plain')
  await namespace('full')
  await namespace('restricted', { 'pod-security.kubernetes.io/enforce': 'restricted' })
  const metadata = { name: 'nothing-more', namespace: 'full' }
  await apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '0' } } })
  for (const [node, oracle] of Object.entries({
    'sim-0001': 'sound',
    'sim-0002': 'sound',
    'sim-0003': 'failing',
  }))
    await patchObject(
      client,
      { apiVersion: 'v1', kind: 'Node', name: node },
      { metadata: { labels: { oracle } } },
    )
}

export const namespaceOf = ({ namespace = 'plain' }: OracleCase): string => namespace
const pathOf = ({ kind, name, ...row }: OracleCase, subresource: string): string =>
  `/apis/apps/v1/namespaces/${row.namespace ?? 'plain'}/${kind.toLowerCase()}s/${name}/${subresource}`

const recorded =
  'half-rolled late-success paused-and-broken autoscaled old-deadline-not-observed ' +
  'set-behind-broken set-partitioned set-half-rolled daemon-image-pull'
const recorder = seriesRecorder(new Set(recorded.split(' ')))

/** One look at everything, and what our verdict is of each. */
export async function lookAtAll(
  client: KubeClient,
  courses: readonly Course[],
): Promise<ReadonlyMap<OracleCase, Seen>> {
  const all = (kind: string, apiVersion = 'apps/v1') => listObjects(client, { apiVersion, kind })
  const [deployments, statefulSets, daemonSets, replicaSets, pods, nodes, events] = await Promise.all([
    all('Deployment'),
    all('StatefulSet'),
    all('DaemonSet'),
    all('ReplicaSet'),
    all('Pod', 'v1'),
    all('Node', 'v1'),
    all('Event', 'v1'),
  ])
  const now = new Date()
  const objects = [...deployments, ...statefulSets, ...daemonSets]
  return new Map(
    courses.flatMap(({ row, minGeneration }): [OracleCase, Seen][] => {
      const object = objects.find(
        ({ kind, metadata }) =>
          kind === row.kind && metadata.name === row.name && metadata.namespace === namespaceOf(row),
      )
      if (object === undefined) return []
      const context = { replicaSets, pods, nodes, events, minGeneration, now }
      recorder.tick(object, context)
      return [[row, { object, verdict: verdictOf(object, context) }]]
    }),
  )
}

async function scale(client: KubeClient, row: OracleCase, replicas: number): Promise<void> {
  await client.json({
    method: 'PATCH',
    path: pathOf(row, 'scale'),
    query: { fieldManager: 'autoscaler' },
    contentType: 'application/merge-patch+json',
    body: { spec: { replicas } },
  })
}

/** Takes one step of a case. */
export async function takeStep(client: KubeClient, course: Course, step: Step): Promise<void> {
  const { row } = course
  const namespace = namespaceOf(row)
  if ('apply' in step) {
    const manifest = manifestOf(row, namespace, step.apply)
    const { object } = await applyObject(client, manifest, { fieldManager: 'fairlead-oracle' })
    course.minGeneration = object.metadata.generation ?? null
  } else if ('scale' in step) await scale(client, row, step.scale)
  else if ('failNode' in step) await failNode(client, step.failNode)
  else {
    const labelSelector = `app=${row.name}`
    const pods = await listObjects(client, { apiVersion: 'v1', kind: 'Pod' }, { namespace, labelSelector })
    for (const pod of pods) await playPod(client, pod, step.pods)
  }
}

const hasArrived = ({ row, taken }: Course, seen: Seen | undefined): boolean => {
  const until = row.steps[taken - 1]?.until
  if (seen === undefined) return taken === 0
  if (until !== undefined) return seen.verdict.state === until
  return row.unseen === undefined ? isAsExpected(row, seen) : seen.verdict.state === 'converged'
}

export const isAsExpected = ({ ours }: OracleCase, seen: Seen | undefined): boolean =>
  seen !== undefined && seen.verdict.state === ours.state && ours.says.test(seen.verdict.message)

/** Plays every case on to the end of its steps; false while any is on its way. */
export async function playOn(client: KubeClient, courses: readonly Course[]): Promise<boolean> {
  await playWaiting(client)
  const seen = await lookAtAll(client, courses)
  let done = true
  for (const course of courses) {
    if (!hasArrived(course, seen.get(course.row))) {
      done = false
      continue
    }
    const step = course.row.steps[course.taken]
    if (step === undefined) continue
    done = false
    course.taken += 1
    await takeStep(client, course, step)
  }
  return done
}

/** As a kubelet says it whose container runtime is gone. */
async function failNode(client: KubeClient, name: string): Promise<void> {
  const at = new Date().toISOString()
  const ready = {
    type: 'Ready',
    status: 'False',
    reason: 'KubeletNotReady',
    message: 'container runtime is down',
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  }
  await client.json({
    method: 'PATCH',
    path: `/api/v1/nodes/${name}/status`,
    contentType: 'application/strategic-merge-patch+json',
    body: { status: { conditions: [ready] } },
  })
}

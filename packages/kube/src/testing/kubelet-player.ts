import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { KubeClient } from '../kube-client'
import type { KubeObject } from '../kube-object'
import { listObjects } from '../objects'

/**
 * Nodes of test clusters are simulated, and kwok makes every pod ready that has no address yet. Pods with this scheduler
 * are left to the player: it writes the status that a kubelet would, then binds them. Controllers, admission, quota and
 * the scheduler of all other pods are real.
 */
export const playedScheduler = 'played-by-the-test'
/** Label of a pod template: what its pods live through. */
export const playLabel = 'plays'

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
const crashed = (reason: string, exitCode: number) => ({
  restartCount: 4,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container=app' } },
  lastState: { terminated: { reason, exitCode, startedAt: minutesAgo(2), finishedAt: minutesAgo(1) } },
})
const waits = (reason: string, message: string) => ({ state: { waiting: { reason, message } } })
const plays = {
  ready: () => ({ state: { running: { startedAt: minutesAgo(0) } } }),
  starting: () => ({ state: { running: { startedAt: minutesAgo(0) } } }),
  'never-ready': () => ({ state: { running: { startedAt: minutesAgo(60) } } }),
  'image-pull': () => waits('ImagePullBackOff', 'Back-off pulling image "registry.example/app:2"'),
  'no-config': () => waits('CreateContainerConfigError', 'configmap "settings" not found'),
  crash: () => crashed('Error', 1),
  oom: () => crashed('OOMKilled', 137),
} as const
export type Play = keyof typeof plays

const isPlay = (play: string): play is Play => Object.hasOwn(plays, play)

function statusOf(pod: KubeObject, play: Play) {
  const now = new Date().toISOString()
  const ready = play === 'ready'
  const truth = (type: string, holds: boolean) => ({
    type,
    status: holds ? 'True' : 'False',
    lastTransitionTime: now,
    ...(holds ? {} : { reason: 'ContainersNotReady', message: 'containers with unready status: [app]' }),
  })
  const containers = recordsIn(recordIn(pod['spec'])['containers'])
  return {
    phase: play === 'image-pull' || play === 'no-config' ? 'Pending' : 'Running',
    startTime: now,
    hostIP: '10.0.0.1',
    podIP: '10.0.1.1',
    conditions: [
      truth('PodReadyToStartContainers', true),
      truth('Initialized', true),
      truth('ContainersReady', ready),
      truth('Ready', ready),
    ],
    containerStatuses: containers.map((container) => ({
      name: textIn(container['name']),
      image: textIn(container['image']),
      imageID: '',
      ready,
      started: ready,
      restartCount: 0,
      ...plays[play](),
    })),
  }
}

/** A DaemonSet names the node of a pod by affinity, and leaves it to the scheduler to bind it. */
function nodeOf(pod: KubeObject): string {
  const affinity = recordIn(recordIn(recordIn(pod['spec'])['affinity'])['nodeAffinity'])
  const [term] = recordsIn(
    recordIn(affinity['requiredDuringSchedulingIgnoredDuringExecution'])['nodeSelectorTerms'],
  )
  const [field] = recordsIn(recordIn(term)['matchFields'])
  const [node] = (field?.['values'] as readonly string[] | undefined) ?? []
  return node ?? 'sim-0001'
}

const pathOf = ({ metadata }: KubeObject): string =>
  `/api/v1/namespaces/${metadata.namespace ?? ''}/pods/${metadata.name}`

/** Writes what the pod lives through from now on. */
export async function playPod(client: KubeClient, pod: KubeObject, play: Play): Promise<void> {
  await client.json({
    method: 'PATCH',
    path: `${pathOf(pod)}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: statusOf(pod, play) },
  })
}

async function begin(client: KubeClient, pod: KubeObject): Promise<void> {
  const play = pod.metadata.labels?.[playLabel] ?? ''
  if (!isPlay(play)) throw new Error(`Pod ${pod.metadata.name} plays nothing that is known: "${play}"`)
  await playPod(client, pod, play)
  await client.json({
    method: 'POST',
    path: `${pathOf(pod)}/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: pod.metadata.name },
      target: { apiVersion: 'v1', kind: 'Node', name: nodeOf(pod) },
    },
  })
}

/** One round: every pod that waits for the player begins its play. */
export async function playWaiting(client: KubeClient): Promise<void> {
  const pods = await listObjects(client, { apiVersion: 'v1', kind: 'Pod' })
  const waiting = pods.filter(({ metadata, ...pod }) => {
    const { schedulerName, nodeName } = recordIn(pod['spec'])
    return (
      schedulerName === playedScheduler && nodeName === undefined && metadata.deletionTimestamp === undefined
    )
  })
  await Promise.all(
    waiting.map((pod) =>
      begin(client, pod).catch((error: unknown) => {
        // Its controller deleted it meanwhile, or is about to.
        if (!isFairleadError(error) || !['not_found', 'conflict'].includes(error.code)) throw error
      }),
    ),
  )
}

import { taskLabelKeys } from '@fairlead/contracts/labels'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { z } from 'zod'

/** What is kept of a Job. */
export interface JobSummary {
  readonly key: string
  readonly namespace: string
  readonly uid: string
  readonly deleting: boolean
  readonly suspended: boolean
  readonly end: {
    readonly ok: boolean
    readonly reason: string
    readonly message: string
    at: string | null
  } | null
}

export interface ContainerSummary {
  readonly name: string
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown'
  readonly reason: string
  readonly message: string
  readonly exitCode: number | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** What is kept of a pod. */
export interface PodSummary {
  readonly key: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly jobUid: string | null
  readonly createdAt: string
  readonly node: string | null
  readonly phase: string
  readonly reason: string
  readonly message: string
  readonly deleting: boolean
  /** Why Kubernetes itself ends it; null when it doesn't. */
  readonly disruption: string | null
  readonly unschedulable: string | null
  /** The container that decides the outcome; null before a kubelet has seen the pod. */
  readonly main: ContainerSummary | null
  /** The first init container that isn't done. */
  readonly init: ContainerSummary | null
  readonly mainName: string
  /** Some container of it is not known to have ended. */
  readonly live: boolean
}

const text = z.string().catch('')
const time = z.string().nullish().catch(null)
const conditions = z
  .array(z.object({ type: text, status: text, reason: text, message: text, lastTransitionTime: time }))
  .catch([])
const stateSchema = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish().catch(null),
    running: z.object({ startedAt: time }).nullish().catch(null),
    terminated: z
      .object({
        exitCode: z.number().nullish().catch(null),
        reason: text,
        message: text,
        startedAt: time,
        finishedAt: time,
      })
      .nullish()
      .catch(null),
  })
  .catch({})
const statuses = z.array(z.object({ name: text, state: stateSchema })).catch([])
const jobSchema = z.object({
  spec: z.object({ suspend: z.boolean().nullish().catch(null) }).catch({}),
  status: z.object({ conditions }).catch({ conditions: [] }),
})
const podSchema = z.object({
  spec: z
    .object({ nodeName: time, containers: z.array(z.object({ name: text })).catch([]) })
    .catch({ nodeName: null, containers: [] }),
  status: z
    .object({
      phase: text,
      reason: text,
      message: text,
      conditions,
      containerStatuses: statuses,
      initContainerStatuses: statuses,
    })
    .catch({
      phase: '',
      reason: '',
      message: '',
      conditions: [],
      containerStatuses: [],
      initContainerStatuses: [],
    }),
})

/** Reasons and messages come from a cluster: long enough for people, short enough to be kept by the thousand. */
const messageLength = 500
/** The kubelet's own limit, in bytes; a character has up to three of them in JavaScript's count, never fewer than one. */
const outputLength = 4_096

const keyOf = (object: KubeObject): string => {
  const key = object.metadata.labels?.[taskLabelKeys.attempt]
  if (key === undefined) throw new Error('it carries no attempt key')
  return key
}

/** Throws for a Job that only looks like an attempt's. */
export function summarizeJob(job: KubeObject): JobSummary {
  const key = keyOf(job)
  if (job.metadata.name !== key) throw new Error('its name is not its attempt key')
  const { spec, status } = jobSchema.parse({ spec: job['spec'] ?? {}, status: job['status'] ?? {} })
  const end = status.conditions.find(
    ({ type, status: holds }) => (type === 'Complete' || type === 'Failed') && holds === 'True',
  )
  return {
    key,
    namespace: job.metadata.namespace ?? '',
    uid: job.metadata.uid ?? '',
    deleting: job.metadata.deletionTimestamp !== undefined,
    suspended: spec.suspend === true,
    end:
      end === undefined
        ? null
        : {
            ok: end.type === 'Complete',
            reason: end.reason,
            message: end.message.slice(0, messageLength),
            at: end.lastTransitionTime ?? null,
          },
  }
}

export function summarizePod(pod: KubeObject): PodSummary {
  const { spec, status } = podSchema.parse({ spec: pod['spec'] ?? {}, status: pod['status'] ?? {} })
  const mainName =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'] ?? spec.containers[0]?.name ?? ''
  const condition = (type: string, value: string) =>
    status.conditions.find((each) => each.type === type && each.status === value)
  const disrupted = condition('DisruptionTarget', 'True')
  const unscheduled = condition('PodScheduled', 'False')
  const owner = pod.metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'Job' && controller === true,
  )
  const inits = status.initContainerStatuses.map(containerOf)
  const containers = status.containerStatuses.map(containerOf)
  const over = status.phase === 'Succeeded' || status.phase === 'Failed'
  const quiet =
    containers.length > 0 && [...containers, ...inits].every(({ state }) => state === 'terminated')
  return {
    key: keyOf(pod),
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    uid: pod.metadata.uid ?? '',
    jobUid: owner?.uid ?? null,
    createdAt: pod.metadata.creationTimestamp ?? '',
    node: spec.nodeName ?? null,
    phase: status.phase,
    reason: status.reason,
    message: status.message.slice(0, messageLength),
    deleting: pod.metadata.deletionTimestamp !== undefined,
    disruption: disrupted === undefined ? null : sentence(disrupted.reason, disrupted.message),
    unschedulable: unscheduled === undefined ? null : sentence(unscheduled.reason, unscheduled.message),
    main: containers.find(({ name }) => name === mainName) ?? null,
    init: inits.find(({ state, exitCode }) => state !== 'terminated' || exitCode !== 0) ?? null,
    mainName,
    live: !over && !quiet,
  }
}

/** `Reason: message`, either alone when the other is empty. */
export const sentence = (reason: string, message: string): string =>
  [reason, message.slice(0, messageLength)].filter((part) => part !== '').join(': ')

function containerOf({ name, state }: z.infer<typeof statuses>[number]): ContainerSummary {
  const { waiting, running, terminated } = state
  const none = { reason: '', message: '', exitCode: null, startedAt: null, finishedAt: null }
  if (terminated != null)
    return {
      name,
      state: 'terminated',
      reason: terminated.reason,
      message: terminated.message.slice(0, outputLength),
      exitCode: terminated.exitCode ?? null,
      startedAt: terminated.startedAt ?? null,
      finishedAt: terminated.finishedAt ?? null,
    }
  if (running != null) return { ...none, name, state: 'running', startedAt: running.startedAt ?? null }
  if (waiting != null)
    return {
      ...none,
      name,
      state: 'waiting',
      reason: waiting.reason,
      message: waiting.message.slice(0, messageLength),
    }
  return { ...none, name, state: 'unknown' }
}

import type { Evidence, Verdict } from '@fairlead/contracts/verdict'
import type { z } from 'zod'
import type { KubeObject } from '../kube-object'
import { findCondition, generationsOf, isTrue, readPart, verdict } from './read-status'
import { containerStatusSchema, podSpecSchema, podStatusSchema, readinessGraceSeconds } from './pod-parts'

type ContainerStatus = z.infer<typeof containerStatusSchema>

/** Reasons worth acting on before any deadline, worst first, with what they mean. */
export const earlyReasons = {
  InvalidImageName: 'has an image name that is not valid',
  ErrImageNeverPull: 'has an image that is not on the node and may not be pulled',
  ImagePullBackOff: 'has an image that cannot be pulled',
  ErrImagePull: 'has an image that cannot be pulled',
  ImageInspectError: 'has an image that cannot be inspected',
  RegistryUnavailable: 'has an image whose registry is unavailable',
  CreateContainerConfigError: 'refers to a ConfigMap, Secret or key that does not exist',
  CreateContainerError: 'cannot be created',
  RunContainerError: 'cannot be started',
  OOMKilled: 'was killed because it used more memory than its limit',
  CrashLoopBackOff: 'crashes again and again',
  ReadinessFailing: 'runs but does not become ready',
} as const
const rank = ['PodFailed', 'Evicted', ...Object.keys(earlyReasons), 'Unschedulable']
const isEarly = (reason: string): reason is keyof typeof earlyReasons => Object.hasOwn(earlyReasons, reason)

function crashWords({ lastState, restartCount }: ContainerStatus): string {
  const last = lastState?.terminated
  if (last == null) return ''
  const how = last.signal ? `signal ${last.signal}` : `exit code ${last.exitCode}`
  return `; ended with ${how}${last.reason === '' ? '' : ` (${last.reason})`}, ${restartCount} restarts`
}

function containerProblem(
  status: ContainerStatus,
): { reason: keyof typeof earlyReasons; detail: string } | null {
  const waiting = status.state?.waiting
  const oomKilled =
    status.state?.terminated?.reason === 'OOMKilled' ||
    (!status.ready && status.lastState?.terminated?.reason === 'OOMKilled')
  if (oomKilled) return { reason: 'OOMKilled', detail: crashWords(status) }
  if (waiting == null || !isEarly(waiting.reason)) return null
  if (waiting.reason === 'CrashLoopBackOff') return { reason: waiting.reason, detail: crashWords(status) }
  return {
    reason: waiting.reason,
    detail: waiting.message === '' ? '' : `: ${waiting.message.slice(0, 300)}`,
  }
}

function notReady(status: ContainerStatus, spec: z.infer<typeof podSpecSchema>, now: Date): string | null {
  const startedAt = Date.parse(status.state?.running?.startedAt ?? '')
  if (status.ready || Number.isNaN(startedAt)) return null
  const container = spec.containers.find(({ name }) => name === status.name)
  const runningSeconds = (now.getTime() - startedAt) / 1000
  const grace = readinessGraceSeconds(container)
  return runningSeconds > grace ? ` for ${Math.round(runningSeconds)} s (its probes allow ${grace} s)` : null
}

/** Reasons to act on before any deadline (ImagePullBackOff, CrashLoopBackOff, Unschedulable …), worst first. */
export function podEvidence(pod: KubeObject, now?: Date): readonly Evidence[] {
  if (pod.metadata.deletionTimestamp !== undefined) return []
  const spec = readPart(podSpecSchema, pod['spec'])
  const status = readPart(podStatusSchema, pod['status'])
  const found: Evidence[] = []
  const add = (reason: string, message: string, since: string | null) =>
    found.push({ reason, message, objectKind: 'Pod', objectName: pod.metadata.name, since })
  const scheduled = findCondition(status.conditions, 'PodScheduled')
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
    add('Unschedulable', scheduled.message || 'No node takes this pod', scheduled.lastTransitionTime ?? null)
  if (status.phase === 'Failed')
    add(status.reason || 'PodFailed', status.message || 'The pod failed', status.startTime ?? null)
  const since = findCondition(status.conditions, 'Ready')?.lastTransitionTime ?? status.startTime ?? null
  for (const container of [...status.initContainerStatuses, ...status.containerStatuses]) {
    const problem = containerProblem(container)
    const at = container.lastState?.terminated?.finishedAt ?? since
    if (problem !== null) {
      add(problem.reason, `Container ${container.name} ${earlyReasons[problem.reason]}${problem.detail}`, at)
      continue
    }
    const waits = now === undefined ? null : notReady(container, spec, now)
    const isMain = status.containerStatuses.includes(container)
    if (waits !== null && isMain)
      add('ReadinessFailing', `Container ${container.name} ${earlyReasons.ReadinessFailing}${waits}`, since)
  }
  return found.toSorted((left, right) => rank.indexOf(left.reason) - rank.indexOf(right.reason))
}

/** Evidence of several pods, at most `limit`, the worst reasons first. */
export function podsEvidence(
  pods: readonly KubeObject[],
  now: Date | undefined,
  limit = 10,
): readonly Evidence[] {
  return pods
    .flatMap((pod) => podEvidence(pod, now))
    .toSorted((left, right) => rank.indexOf(left.reason) - rank.indexOf(right.reason))
    .slice(0, limit)
}

export function podVerdict(pod: KubeObject, now?: Date): Verdict {
  const status = readPart(podStatusSchema, pod['status'])
  const evidence = podEvidence(pod, now)
  const generations = { generation: pod.metadata.generation ?? null, observedGeneration: null, current: true }
  const [first] = evidence
  if (pod.metadata.deletionTimestamp !== undefined)
    return verdict(generationsOf(pod, null, 0), { state: 'progressing', message: 'The pod is being deleted' })
  if (status.phase === 'Succeeded') return verdict(generations, { state: 'converged', message: 'Completed' })
  if (first !== undefined)
    return verdict(generations, { state: 'degraded', message: first.message, evidence })
  if (isTrue(status.conditions, 'Ready'))
    return verdict(generations, { state: 'converged', message: 'Ready' })
  const words =
    status.phase === 'Running' ? 'Running, not ready yet' : status.phase || 'Not seen by a kubelet yet'
  return verdict(generations, {
    state: status.phase === 'Unknown' ? 'degraded' : 'progressing',
    message: words,
  })
}

import type { AttemptObservation, FailureCause } from '@fairlead/contracts/task-runner'
import { sentence, type ContainerSummary, type JobSummary, type PodSummary } from './summaries'

/** All that is known of one attempt in one cluster. */
export interface AttemptFacts {
  readonly key: string
  readonly job: JobSummary | null
  /** Its Job was seen before: a pod without one is then an orphan, not the first to be heard of. */
  readonly hadJob: boolean
  readonly pods: readonly PodSummary[]
  /** A pod of it was seen before. */
  readonly hadPod: boolean
  /** Since when its image could not be pulled, as far as this observer has seen. */
  readonly imageProblemSince: Date | null
  /** What the cluster says about a pod that it does not create; null when it says nothing. */
  readonly podless: { readonly reason: string; readonly cause: FailureCause | null } | null
}

/** An image that still cannot be pulled after this long fails the attempt; registries have short outages. */
export const imagePullGraceMs = 30_000

const imageReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
])
/** The kubelet or the node refused or ended it; the program is not to blame. */
const disruptedReasons = new Set([
  'Evicted',
  'NodeLost',
  'NodeShutdown',
  'Shutdown',
  'Terminated',
  'Preempting',
  'NodeAffinity',
  'UnexpectedAdmissionError',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfpods',
  'OutOfephemeral-storage',
])

/** Whether the kubelet says that the image can't be had. */
export const hasImageProblem = (pod: PodSummary): boolean =>
  [pod.main, pod.init].some((each) => each?.state === 'waiting' && imageReasons.has(each.reason))

/** The first container decides, whatever others do beside it: an injected sidecar never ends by itself. */
export const isPodEnd = (pod: PodSummary): boolean =>
  pod.phase === 'Succeeded' || pod.phase === 'Failed' || pod.main?.state === 'terminated'

/** The pod that tells the outcome, where Kubernetes made more than one: a success, else what still lives, else the last. */
export function decidingPod({ job, pods }: Pick<AttemptFacts, 'job' | 'pods'>): PodSummary | null {
  const own = job === null ? pods : pods.filter(({ jobUid }) => jobUid === job.uid || jobUid === null)
  const rank = (pod: PodSummary): number => (!isPodEnd(pod) ? 1 : succeeded(pod) ? 2 : 0)
  const order = (left: PodSummary, right: PodSummary): number =>
    rank(right) - rank(left) ||
    right.createdAt.localeCompare(left.createdAt) ||
    right.uid.localeCompare(left.uid)
  return own.toSorted(order)[0] ?? null
}

const succeeded = (pod: PodSummary): boolean =>
  pod.main?.state === 'terminated' ? pod.main.exitCode === 0 : pod.phase === 'Succeeded'

type Seen = Pick<AttemptObservation, 'phase' | 'reason'> &
  Partial<Pick<AttemptObservation, 'cause' | 'exitCode' | 'output' | 'at'>>

/**
 * What an attempt has come to. Pure. The pod's end is told the moment it is seen and the Job only confirms: the Job
 * controller is about a second slower. Null when nothing of it is known.
 */
export function verdictOf(facts: AttemptFacts, now: Date): AttemptObservation | null {
  const { key, job } = facts
  const pod = decidingPod(facts)
  const seen = pod !== null ? podVerdict(pod, facts, now) : job !== null ? jobVerdict(job, facts) : null
  if (seen === null) return null
  return {
    key,
    phase: seen.phase,
    uid: job?.uid ?? pod?.jobUid ?? pod?.uid ?? '',
    reason: seen.reason,
    cause: seen.cause ?? null,
    exitCode: seen.exitCode ?? null,
    output: seen.output ?? null,
    place: pod === null ? null : placeOf(pod),
    at: seen.at ?? now,
  }
}

const placeOf = (pod: PodSummary): string =>
  `${pod.namespace}/${pod.name}${pod.node === null ? '' : ` on ${pod.node}`}`

const timeOf = (at: string | null | undefined): { at?: Date } => {
  const date = new Date(at ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? {} : { at: date }
}

function podVerdict(pod: PodSummary, facts: AttemptFacts, now: Date): Seen {
  if (isPodEnd(pod)) return succeeded(pod) ? podSuccess(pod) : podFailure(pod)
  const orphaned = facts.job === null && facts.hadJob
  if (pod.deleting || orphaned || facts.job?.deleting === true) {
    const why = pod.disruption ?? (orphaned ? 'Its Job was deleted' : 'It is being deleted')
    return { phase: pod.main?.state === 'running' ? 'running' : 'pending', reason: `Ending: ${why}` }
  }
  if (pod.main?.state === 'running')
    return { phase: 'running', reason: 'Running', ...timeOf(pod.main.startedAt) }
  return pendingVerdict(pod, facts.imageProblemSince, now)
}

function pendingVerdict(pod: PodSummary, imageProblemSince: Date | null, now: Date): Seen {
  if (pod.unschedulable !== null) return { phase: 'pending', reason: pod.unschedulable }
  const waiting = [pod.init, pod.main].find(
    (each) => each?.state === 'waiting' && each.reason !== 'PodInitializing',
  )
  if (waiting?.reason === 'InvalidImageName')
    return { phase: 'failed', cause: 'invalid', reason: sentence(waiting.reason, waiting.message) }
  if (waiting != null && imageReasons.has(waiting.reason)) {
    const tooLong =
      imageProblemSince !== null && now.getTime() - imageProblemSince.getTime() >= imagePullGraceMs
    return {
      phase: tooLong ? 'failed' : 'pending',
      cause: 'image_pull',
      reason: sentence(waiting.reason, waiting.message),
    }
  }
  if (waiting != null && waiting.reason !== 'ContainerCreating')
    return { phase: 'pending', reason: sentence(waiting.reason, waiting.message) }
  if (pod.init != null) return { phase: 'pending', reason: `Init container ${pod.init.name} runs` }
  return { phase: 'pending', reason: pod.node === null ? 'Waits for a node' : `Starts on ${pod.node}` }
}

const outputOf = (main: ContainerSummary | null): string | null =>
  main === null || main.message === '' ? null : main.message

const podSuccess = (pod: PodSummary): Seen => ({
  phase: 'succeeded',
  reason: 'Completed',
  exitCode: pod.main?.exitCode ?? 0,
  output: outputOf(pod.main),
  ...timeOf(pod.main?.finishedAt),
})

function podFailure(pod: PodSummary): Seen {
  const { main, init } = pod
  const ended = main?.state === 'terminated' ? main : init?.state === 'terminated' ? init : null
  const unknown = ended?.reason === 'ContainerStatusUnknown'
  // Written by the runtime when a program could not be started, by the program otherwise.
  const written = main?.reason === 'StartError' || main?.reason === 'ContainerCannotRun' || unknown
  const failed = (cause: FailureCause, reason: string): Seen => ({
    phase: 'failed',
    cause,
    reason,
    exitCode: unknown ? null : (ended?.exitCode ?? null),
    output: main?.state === 'terminated' && !written ? outputOf(main) : null,
    ...timeOf(ended?.finishedAt),
  })
  const which = ended !== null && ended === init ? `Init container ${ended.name}: ` : ''
  if (ended?.reason === 'OOMKilled')
    return failed('oom', `${which}Killed because it used more memory than its limit (OOMKilled)`)
  if (pod.disruption !== null) return failed('disruption', pod.disruption)
  if (disruptedReasons.has(pod.reason)) return failed('disruption', sentence(pod.reason, pod.message))
  if (pod.reason === 'DeadlineExceeded') return failed('timeout', sentence(pod.reason, pod.message))
  if (pod.deleting) return failed('lost', 'The pod was deleted before it had ended')
  if (unknown) return failed('lost', sentence(ended.reason, ended.message))
  if (ended === null)
    return failed('lost', sentence(pod.reason || 'The pod failed without saying why', pod.message))
  const detail = main?.reason === 'StartError' ? `: ${main.message.slice(0, 300)}` : ''
  const name = ended.reason === '' || ended.reason === 'Error' ? '' : ` (${ended.reason}${detail})`
  return failed('exit_code', `${which}Ended with exit code ${ended.exitCode ?? 'unknown'}${name}`)
}

/** Without a pod the Job is the only witness. */
function jobVerdict(job: JobSummary, { hadPod, podless }: AttemptFacts): Seen {
  if (job.end !== null) {
    const at = timeOf(job.end.at)
    if (job.end.ok)
      return {
        phase: 'succeeded',
        reason: 'Completed; its pod was gone before it was read',
        exitCode: 0,
        ...at,
      }
    const told = sentence(job.end.reason, job.end.message)
    if (job.end.reason === 'PodFailurePolicy' && job.end.message.includes('DisruptionTarget'))
      return { phase: 'failed', cause: 'disruption', reason: told, ...at }
    if (job.end.reason === 'DeadlineExceeded')
      return { phase: 'failed', cause: 'timeout', reason: told, ...at }
    return {
      phase: 'failed',
      cause: 'lost',
      reason: `The pod vanished before its end was seen (${told})`,
      ...at,
    }
  }
  if (hadPod)
    return { phase: 'running', reason: 'Its pod is gone; the Job has not said yet what became of it' }
  if (job.deleting) return { phase: 'pending', reason: 'Ending: its Job is being deleted' }
  if (job.suspended) return { phase: 'pending', reason: 'The Job is suspended' }
  if (podless !== null) return { phase: 'pending', reason: podless.reason, cause: podless.cause }
  return { phase: 'pending', reason: 'The Job waits for its pod' }
}

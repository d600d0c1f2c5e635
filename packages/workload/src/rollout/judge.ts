import type { Verdict } from '@fairlead/contracts/verdict'
import { durationMs, type StageSpec } from '@fairlead/contracts/application'
import { refusalReasons } from '@fairlead/kube/health/refusal'
import type { Failure } from './failing'
import type { ObservedWorkload, StageObservation, TargetObservation } from './observation'
import { ofCluster } from './of-cluster'

/** Unproven (scaled to 0, no node matches) has nothing left to wait for; the screen says that it proves nothing. */
export const isSettled = (verdict: Verdict): boolean =>
  verdict.state === 'converged' || verdict.state === 'unproven'

/** Reasons that more waiting doesn't cure; readiness and scheduling may still come right and wait for the deadline. */
const earlyReasons = new Set<string>([
  ...refusalReasons,
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImagePullBackOff',
  'ErrImagePull',
  'ImageInspectError',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CrashLoopBackOff',
  'OOMKilled',
])
export const isEarly = ({ reason, objectKind }: Verdict['evidence'][number]): boolean =>
  earlyReasons.has(reason) || objectKind === 'Job'
/** What a Job says of its own end is final; that it gets no pods is not. */
const isEndOfJob = ({ reason, objectKind }: Verdict['evidence'][number]): boolean =>
  objectKind === 'Job' && !earlyReasons.has(reason)
export const earlyEvidence = (verdict: Verdict): Verdict['evidence'] =>
  isSettled(verdict) ? [] : verdict.evidence.filter(isEarly)

/** A registry hiccup or one crash at start is no verdict: evidence must last this long. */
export const earlyGraceMs = (spec: StageSpec): number =>
  Math.min(15_000, durationMs(spec.deadline.progress) / 2)

/** Since when each workload shows early evidence: kept while it does, forgotten when it ends. */
export function earlySince(target: TargetObservation, now: Date): Readonly<Record<string, string>> {
  if (target.live === null || !target.live.reachable) return target.earlySince
  return Object.fromEntries(
    target.live.workloads
      .filter(({ early }) => early.length > 0)
      .map(({ key }) => [key, target.earlySince[key] ?? now.toISOString()]),
  )
}

const words = ({ reason, message, objectName, owner }: Verdict['evidence'][number]): string =>
  `${reason}: ${objectName} ${message}${owner === undefined ? '' : ` (owned by ${owner})`}`
const named = (target: TargetObservation, { kind, name }: ObservedWorkload): string =>
  `${kind} ${name} on ${target.cluster}`

/** Why a target won't come right; null while it still may. */
export function failureOf(stage: StageObservation, target: TargetObservation, now: Date): Failure | null {
  if (target.refused !== null)
    return {
      reason: `${target.cluster} refused a part of the release: ${target.refused}`,
      evidence: [target.refused],
    }
  if (target.state === 'failed') return { reason: `${target.cluster} refused the release.`, evidence: [] }
  if (target.live === null || !target.live.reachable) return null
  const since = earlySince(target, now)
  for (const workload of target.live.workloads) {
    const evidence = workload.verdict.evidence.map(words)
    if (workload.verdict.state === 'deadline_exceeded')
      return {
        reason: `${named(target, workload)} exceeded its progress deadline.`,
        evidence: [`ProgressDeadlineExceeded: ${workload.verdict.message}`, ...evidence],
      }
    const [first] = workload.early
    if (first === undefined) continue
    const seenAt = Date.parse(since[workload.key] ?? now.toISOString())
    const jobFailed = workload.early.some(isEndOfJob)
    if (jobFailed || now.getTime() - seenAt >= earlyGraceMs(stage.spec))
      return {
        reason: `${named(target, workload)} can't come up: ${first.reason}.`,
        evidence: workload.early.map(words),
      }
  }
  return null
}

/** What the screen says about a deadline: which workloads had not arrived, and why. */
export function unfinished(stage: StageObservation): string[] {
  return stage.targets.flatMap((target) => {
    if (target.live === null)
      return target.message === '' || target.state === 'converged'
        ? []
        : [ofCluster(target.cluster, target.message)]
    if (!target.live.reachable) return [`${target.cluster} is unreachable: ${target.live.reason}`]
    return target.live.workloads
      .filter(({ verdict }) => !isSettled(verdict))
      .flatMap((workload) => [
        `${named(target, workload)}: ${workload.verdict.message}`,
        ...workload.verdict.evidence.map(words),
      ])
  })
}

import { durationMs } from '@fairlead/contracts/application'
import { after, type TargetWrite } from './decision'
import { earlySince, isSettled, unfinished } from './judge'
import type { ObservedWorkload, StageObservation, TargetObservation } from './observation'
import { advance, type Marks } from './progress'

/** A gap in observation is no evidence: after it a workload gets at least this long to show progress. */
const gapGraceMs = 15_000

/** New marks and evidence of what is seen, and whether anything came further. */
export function observed(
  targets: readonly TargetObservation[],
  now: Date,
): { readonly writes: TargetWrite[]; readonly progressed: boolean } {
  let progressed = false
  const writes = targets.flatMap((target): TargetWrite[] => {
    if (target.live === null || !target.live.reachable) return []
    const step = advance(
      target.marks,
      target.live.workloads.filter((workload) => isCurrent(target, workload)),
    )
    progressed ||= step.progressed
    const since = earlySince(target, now)
    const same =
      sameMarks(step.marks, target.marks) && JSON.stringify(since) === JSON.stringify(target.earlySince)
    return same ? [] : [{ id: target.id, from: target.state, marks: step.marks, earlySince: since }]
  })
  return { writes, progressed }
}

/** A status from before our apply would set marks that the new revision could never pass. */
const isCurrent = ({ applied }: TargetObservation, { key, verdict }: ObservedWorkload): boolean =>
  (verdict.observedGeneration ?? Number.POSITIVE_INFINITY) >= (applied.objects[key]?.generation ?? 0)

const sameMarks = (left: Marks, right: Marks): boolean => JSON.stringify(left) === JSON.stringify(right)

/** Kubernetes runs no progress deadline while paused, nor do we; an OnDelete strategy waits for a person too. */
export const isPausedByManifest = (stage: StageObservation): boolean => {
  const open = stage.targets.flatMap(({ live }) =>
    live !== null && live.reachable ? live.workloads.filter(({ verdict }) => !isSettled(verdict)) : [],
  )
  return open.length > 0 && open.every(({ verdict, held }) => verdict.state === 'paused' && !held)
}

export const afterGap = (stage: StageObservation, now: Date): { progressAt?: Date } =>
  stage.progressAt !== null && stage.progressAt < after(now, gapGraceMs)
    ? { progressAt: after(now, gapGraceMs) }
    : {}

export const totalFailure = (stage: StageObservation, now: Date) =>
  stage.totalAt !== null && now >= stage.totalAt
    ? { reason: `Not converged within ${stage.spec.deadline.total}.`, evidence: unfinished(stage) }
    : null

export const deadlineFailure = (stage: StageObservation, now: Date) =>
  totalFailure(stage, now) ??
  (stage.progressAt !== null && now >= stage.progressAt
    ? { reason: `No progress for ${stage.spec.deadline.progress}.`, evidence: unfinished(stage) }
    : null)

export function waitingWords(stage: StageObservation): string {
  const [first] = unfinished(stage)
  return first ?? 'Waiting for the workloads.'
}

/** Half of the progress deadline went by without any: a pod of an old revision that isn't ready by now never will be. */
export const isStalled = ({ progressAt, spec }: StageObservation, now: Date): boolean =>
  progressAt !== null && progressAt.getTime() - now.getTime() < durationMs(spec.deadline.progress) / 2

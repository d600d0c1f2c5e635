import type { StageSpec } from '@fairlead/contracts/application'
import type { StageCheck } from '@fairlead/contracts/stage-checks'
import { hashOf } from '../manifest/digest'
import { objectKey } from '../manifest/object-key'
import type { PlannedObject } from './object-plan'
import { coveredChecks } from './surge-plan'

/** How a stage goes about its objects: an approval is for this way of doing it as well. */
export type StageManner = Pick<StageSpec, 'strategy' | 'waves' | 'before' | 'after'>

export interface DigestedPlan {
  readonly release: string
  readonly manner: StageManner
  readonly targets: readonly {
    /** Its UID, which outlives its name. */
    readonly cluster: string
    readonly namespace: string
    /** From 1; 0 in a stage without waves. */
    readonly wave: number
    /** Whether its cluster answered: unseen is another plan than seen. */
    readonly seen: boolean
    readonly objects: readonly Pick<PlannedObject, 'plan' | 'liveHash' | 'resultHash'>[]
  }[]
  readonly checks: readonly StageCheck[]
}

const ordered = <T>(rows: readonly T[]): readonly T[] =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, row]) => row)

/**
 * What an approval binds to: the release, the targets, every live object it touches and what the API servers answer, the
 * checks, and how it is carried out: strategy, waves, and the workflows before and after in their order. Objects, targets and
 * checks are sets: in which order they were found says nothing.
 */
export const planDigest = ({ release, manner, targets, checks }: DigestedPlan): string =>
  hashOf({
    release,
    manner: {
      strategy: manner.strategy,
      waves: manner.waves ?? null,
      before: manner.before,
      after: manner.after,
    },
    targets: ordered(
      targets.map(({ cluster, namespace, wave, seen, objects }) => ({
        cluster,
        namespace,
        wave,
        seen,
        objects: ordered(
          objects.map(({ plan, liveHash, resultHash }) => [
            objectKey(plan),
            plan.change,
            liveHash,
            resultHash,
          ]),
        ),
      })),
    ),
    // A waiver that ends leaves its check standing again, which is another plan.
    checks: ordered(
      coveredChecks(checks).map(({ check, object, passed, severity, waiver }) => [
        check,
        object,
        passed,
        severity,
        waiver === undefined || waiver === null ? null : [waiver.by, waiver.reason, waiver.until],
      ]),
    ),
  })

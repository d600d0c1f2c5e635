import type { ExceptionView } from '@fairlead/contracts/freeze'

/** What a screen shows; null where it shows none in particular. */
export interface Shown {
  readonly rollout?: string | undefined
  readonly project?: string | undefined
  readonly application?: string | undefined
  readonly cluster?: string | undefined
}

/** Whether an exception is about what a screen shows: each thing that both of them name must be the same. */
export function affects(exception: ExceptionView, shown: Shown): boolean {
  if (exception.rollout !== null && shown.rollout !== undefined) return exception.rollout === shown.rollout
  const pairs = [
    [exception.project, shown.project],
    [exception.application, shown.application],
    [exception.cluster, shown.cluster],
  ] as const
  const both = pairs.filter(([own, other]) => own !== null && other !== undefined)
  return both.length > 0 && both.every(([own, other]) => own === other)
}

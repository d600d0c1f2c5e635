import type { StageSummary } from '@fairlead/contracts/application'
import { sideText } from './sides'

export interface StageSide {
  /** `staging/checkout`, as the address of a comparison has it. */
  readonly value: string
  readonly stage: string
}

/** Where the stages of an application are, in their order; what two stages share is there once. */
export function stageSides(
  stages: readonly Pick<StageSummary, 'name' | 'clusters' | 'namespace'>[],
): readonly StageSide[] {
  const all = stages.flatMap(({ name, clusters, namespace }) =>
    clusters.map((cluster) => ({ value: sideText({ cluster, namespace }), stage: name })),
  )
  return all.filter(({ value }, index) => all.findIndex((side) => side.value === value) === index)
}

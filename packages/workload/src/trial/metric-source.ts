import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { WorkloadDeps } from '../workload-deps'

/** What was asked answered with one number, or nothing can be said of it. */
export type MetricAnswer =
  { readonly kind: 'value'; readonly value: number } | { readonly kind: 'silent'; readonly reason: string }

/** Where analyses of a canary get their numbers; never throws for what another server does. */
export interface MetricSource {
  readonly ask: (question: MetricQuestion) => Promise<MetricAnswer>
}

export interface MetricQuestion {
  readonly prometheus: string
  readonly query: string
  /** What the project keeps for that address. */
  readonly login: SourceLogin | null
}

/** What looking at a rollout needs beside what its doors do. */
export interface ObserveDeps extends WorkloadDeps {
  readonly metrics: MetricSource
}

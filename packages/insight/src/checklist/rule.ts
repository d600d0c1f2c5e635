import type { CheckSeverity } from '@fairlead/contracts/checks'
import type { WorkloadObject } from './workload-parts'

/** null: the rule has nothing to say about such an object. */
export type Judgement =
  { readonly passed: string } | { readonly failed: string; readonly severity?: CheckSeverity } | null
export type Rule = (object: WorkloadObject) => Judgement

import type { TargetState } from '@fairlead/contracts/rollout-states'
import type { Applied } from './applied'
import type { TargetWrite } from './decision'

interface Reached {
  readonly id: string
  readonly state: TargetState
  readonly applied: Applied
}

/** It got the release in this rollout, all of it or, where a crash or a refusal came between, a part. */
export function gotRelease({ state, applied }: Reached, releaseId: string): boolean {
  if (state === 'applied' || state === 'baking' || state === 'converged') return true
  if (state === 'failed') return applied.releaseId === releaseId && Object.keys(applied.objects).length > 0
  return state === 'pending' && applied.touched.length > 0
}

/** Back to the verified release, where it got this one; what was never begun is not begun any more. */
export function takenBack(target: Reached, releaseId: string, message: string): TargetWrite[] {
  const { id, state } = target
  if (gotRelease(target, releaseId))
    return [{ id, from: state, state: 'rolling_back', message, marks: {}, earlySince: {} }]
  return state === 'pending' ? [{ id, from: state, state: 'cancelled' }] : []
}

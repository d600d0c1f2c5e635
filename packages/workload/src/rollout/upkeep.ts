import { isTerminal } from '@fairlead/contracts/rollout-states'
import { act, type Action, type Decision } from './decision'
import { isSettled } from './judge'
import type { StageObservation, TargetObservation } from './observation'

/** What must be put right before judging: a pause to set or lift, objects that someone else overwrote, leftovers. */
export function keepUp(stage: StageObservation, releaseId: string, paused: boolean): Decision | null {
  const actions = stage.targets.flatMap((target): Action[] => {
    const { live } = target
    if (live === null || !live.reachable || target.refused !== null || isTerminal.target(target.state))
      return []
    if (!paused && live.adrift.length > 0)
      return [{ kind: 'apply', targetId: target.id, releaseId, ...staysAway(stage) }]
    // Everything has arrived: what was tried beside it has done its part.
    if (!paused && (live.away ?? []).length > 0) return [{ kind: 'apply', targetId: target.id, releaseId }]
    const wrong = live.workloads.filter(
      ({ kind, held, verdict }) =>
        kind === 'Deployment' &&
        held !== paused &&
        (!paused || !isSettled(verdict)) &&
        (!paused || verdict.state !== 'paused'),
    )
    if (wrong.length > 0)
      return [
        { kind: paused ? 'hold' : 'release', targetId: target.id, workloads: wrong.map(({ key }) => key) },
      ]
    if (!paused && live.prunable.length > 0)
      return [{ kind: 'prune', targetId: target.id, objects: live.prunable }]
    return []
  })
  return actions.length === 0 ? null : act(actions, 'Putting the targets right.')
}

/** While its Deployments roll, Services that were switched stay with the side that has all of its pods. */
export const staysAway = ({ triesFirst, spec }: StageObservation): { readonly away?: true } =>
  triesFirst && spec.strategy.blueGreen !== undefined ? { away: true } : {}

/** Every object is there with this rollout's label, every workload has settled, and nothing is left to prune. */
export const hasArrived = ({ live }: TargetObservation): boolean =>
  live !== null &&
  live.reachable &&
  live.adrift.length === 0 &&
  live.prunable.length === 0 &&
  (live.away ?? []).length === 0 &&
  live.workloads.every(({ verdict }) => isSettled(verdict))

/**
 * kubernetes#67250: the template is right again, but an OrderedReady StatefulSet waits behind the broken pod for ever.
 * `patient` leaves those that may still come right by themselves.
 */
export function unstick(targets: readonly TargetObservation[], patient = false): Decision | null {
  const actions = targets.flatMap(({ id, live }): Action[] => {
    const stuck = live !== null && live.reachable ? live.workloads.map((workload) => workload.stuck) : []
    const pods = stuck.flatMap((pod) => {
      if (pod === null || (patient && !pod.hopeless)) return []
      const { hopeless: _, ...seen } = pod
      return [seen]
    })
    return pods.length === 0 ? [] : [{ kind: 'unstick', targetId: id, pods }]
  })
  return actions.length === 0 ? null : act(actions, 'Deleting the pod that holds its StatefulSet up.')
}

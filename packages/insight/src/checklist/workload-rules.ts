import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Rule } from './rule'
import {
  containersOf,
  hasReplicas,
  numberIn,
  podSpecOf,
  replicasOf,
  runsForLong,
  shareOf,
  specOf,
} from './workload-parts'

/** What the API server takes for no deadline at all. */
const maxInt32 = 2_147_483_647

export const replicas: Rule = (object) => {
  if (!hasReplicas(object)) return null
  const count = replicasOf(object)
  // Nobody expects anything of what is scaled to zero.
  if (count === 0) return null
  return count > 1
    ? { passed: `${count} replicas` }
    : { failed: '1 replica: any drain or crash is an outage' }
}

export const spread: Rule = (object) => {
  if (!hasReplicas(object) || replicasOf(object) < 2) return null
  const spec = podSpecOf(object)
  const constraints = recordsIn(spec['topologySpreadConstraints']).length
  const anti = recordIn(recordIn(spec['affinity'])['podAntiAffinity'])
  const rules = [
    ...recordsIn(anti['requiredDuringSchedulingIgnoredDuringExecution']),
    ...recordsIn(anti['preferredDuringSchedulingIgnoredDuringExecution']),
  ].length
  return constraints + rules > 0
    ? { passed: 'its replicas are kept apart' }
    : { failed: `nothing keeps its ${replicasOf(object)} replicas from sharing one node` }
}

export const rolloutStrategy: Rule = (object) => {
  if (!hasReplicas(object)) return null
  const spec = specOf(object)
  const count = replicasOf(object)
  const strategy = recordIn(object.kind === 'Deployment' ? spec['strategy'] : spec['updateStrategy'])
  const type = textIn(strategy['type'])
  const rolling = recordIn(strategy['rollingUpdate'])
  if (type === 'Recreate')
    return { failed: 'Recreate: all pods end before the first new one starts', severity: 'warning' }
  if (type === 'OnDelete')
    return { failed: 'OnDelete: an update waits until somebody deletes each pod', severity: 'advice' }
  const partition = numberIn(rolling['partition']) ?? 0
  if (count > 0 && partition >= count)
    return {
      failed: `partition ${partition} of ${count} replicas: an update changes nothing and says it is done`,
    }
  const unavailable = shareOf(rolling['maxUnavailable'], count, Math.floor)
  if (count > 1 && unavailable !== null && unavailable >= count)
    return { failed: `maxUnavailable lets all ${count} pods go at once` }
  return { passed: 'an update keeps pods that answer' }
}

const slowestProbe = (probe: Loose): number =>
  (numberIn(probe['initialDelaySeconds']) ?? 0) +
  (numberIn(probe['periodSeconds']) ?? 10) * (numberIn(probe['failureThreshold']) ?? 3)

/** As long as a pod may take to become available without anything being wrong with it. */
function slowestStart(containers: readonly Loose[], minReadySeconds: number): number {
  const starts = containers.map((container) => {
    const startup = recordIn(container['startupProbe'])
    const readiness = recordIn(container['readinessProbe'])
    if (Object.keys(startup).length > 0) return slowestProbe(startup)
    return numberIn(readiness['initialDelaySeconds']) ?? 0
  })
  return Math.max(0, ...starts) + minReadySeconds
}

export const progressDeadline: Rule = (object) => {
  if (object.kind !== 'Deployment') return null
  const spec = specOf(object)
  const deadline = numberIn(spec['progressDeadlineSeconds'])
  if (deadline === null) return { failed: "progressDeadlineSeconds isn't set (Kubernetes takes 600 s)" }
  if (deadline >= maxInt32)
    return { failed: 'there is no progress deadline: a stuck rollout is never said to be' }
  const start = slowestStart(containersOf(object), numberIn(spec['minReadySeconds']) ?? 0)
  return deadline > start
    ? { passed: `progressDeadlineSeconds is ${deadline}` }
    : {
        failed: `progressDeadlineSeconds is ${deadline}, but a healthy pod may take ${start} s to become available`,
        severity: 'critical',
      }
}

/** Seconds that a preStop hook takes, as far as it says so. */
function preStopSeconds(container: Loose): number {
  const hook = recordIn(recordIn(container['lifecycle'])['preStop'])
  const slept = numberIn(recordIn(hook['sleep'])['seconds'])
  if (slept !== null) return slept
  const command = recordIn(hook['exec'])['command']
  const words = Array.isArray(command) ? command.filter((word) => typeof word === 'string').join(' ') : ''
  return Number(/\bsleep\s+(\d{1,6})\b/.exec(words)?.[1] ?? 0)
}

export const termination: Rule = (object) => {
  if (!runsForLong(object)) return null
  const grace = numberIn(podSpecOf(object)['terminationGracePeriodSeconds']) ?? 30
  if (grace === 0)
    return { failed: 'terminationGracePeriodSeconds is 0: pods are killed in the middle of their work' }
  const longest = Math.max(0, ...containersOf(object).map(preStopSeconds))
  return longest < grace
    ? { passed: `${grace} s to end, ${longest} s of them in preStop` }
    : { failed: `preStop takes ${longest} s of ${grace} s: the process itself gets no time to end` }
}

import { recordIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Rule } from './rule'
import { allContainersOf, containersOf, namesOf, podSpecOf, runsForLong } from './workload-parts'

const lacking = (containers: readonly Loose[], ...path: readonly string[]): readonly Loose[] =>
  containers.filter((container) => {
    let at: unknown = container
    for (const part of path) at = recordIn(at)[part]
    return at === undefined || at === null
  })

const isFloating = (image: string): boolean => {
  if (image.includes('@')) return false
  const tag = /:([^:/]+)$/.exec(image)?.[1]
  // A version, a date and a commit hold a digit; `latest`, `stable` and `main` move.
  return tag === undefined || !/\d/.test(tag)
}

export const readinessProbe: Rule = (object) => {
  if (!runsForLong(object)) return null
  const without = lacking(containersOf(object), 'readinessProbe')
  return without.length === 0
    ? { passed: 'every container has a readiness probe' }
    : { failed: `${namesOf(without)}: no readiness probe, so started counts as ready` }
}

export const livenessProbe: Rule = (object) => {
  if (!runsForLong(object)) return null
  const without = lacking(containersOf(object), 'livenessProbe')
  return without.length === 0
    ? { passed: 'every container has a liveness probe' }
    : { failed: `${namesOf(without)}: no liveness probe, so a process that hangs goes on hanging` }
}

export const requests: Rule = (object) => {
  const containers = containersOf(object)
  const cpu = lacking(containers, 'resources', 'requests', 'cpu')
  const memory = lacking(containers, 'resources', 'requests', 'memory')
  if (cpu.length + memory.length === 0) return { passed: 'every container requests CPU and memory' }
  const parts = [
    ...(cpu.length > 0 ? [`${namesOf(cpu)}: no CPU request`] : []),
    ...(memory.length > 0 ? [`${namesOf(memory)}: no memory request`] : []),
  ]
  return { failed: `${parts.join('; ')}; the scheduler places the pod blindly` }
}

export const limits: Rule = (object) => {
  const without = lacking(containersOf(object), 'resources', 'limits', 'memory')
  return without.length === 0
    ? { passed: 'every container has a memory limit' }
    : { failed: `${namesOf(without)}: no memory limit, so a leak takes the node's memory` }
}

export const pinnedImage: Rule = (object) => {
  const floating = allContainersOf(object).filter(({ image }) => isFloating(textIn(image)))
  return floating.length === 0
    ? { passed: 'every image has a fixed tag or a digest' }
    : { failed: `${namesOf(floating)}: the image has no fixed tag, so a restart may start another one` }
}

function weaknesses(container: Loose, pod: Loose): readonly string[] {
  const own = recordIn(container['securityContext'])
  const nonRoot = own['runAsNonRoot'] ?? pod['runAsNonRoot']
  const user = own['runAsUser'] ?? pod['runAsUser']
  const rootless = nonRoot === true || (typeof user === 'number' && user > 0)
  return [
    ...(rootless ? [] : ['may run as root']),
    ...(own['allowPrivilegeEscalation'] === false ? [] : ['may gain privileges']),
  ]
}

export const securityContext: Rule = (object) => {
  const spec = podSpecOf(object)
  const pod = recordIn(spec['securityContext'])
  const all = allContainersOf(object)
  const privileged = all.filter((each) => recordIn(each['securityContext'])['privileged'] === true)
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true)
  if (privileged.length + shared.length > 0) {
    const parts = [
      ...(privileged.length > 0 ? [`${namesOf(privileged)}: privileged`] : []),
      ...(shared.length > 0 ? [`the pod has ${shared.join(', ')}`] : []),
    ]
    return { failed: `${parts.join('; ')}: it is root on its node`, severity: 'critical' }
  }
  const weak = all.flatMap((container) => {
    const words = weaknesses(container, pod)
    return words.length === 0 ? [] : [`${textIn(container['name'])} ${words.join(' and ')}`]
  })
  return weak.length === 0
    ? { passed: 'no container may run as root or gain privileges' }
    : { failed: weak.join('; ') }
}

import { recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import { matchesSelector } from '../label-selector'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { finding } from './finding'
import { counted } from '../counted'
import { few, namespaceOf, number, refOf, specOf, type PlainObject } from './plain'
import { labelsOf } from './selector'
import { portText, servicePorts, targetNumber, type ServicePort } from './service-ports'
import type { World } from './world'

/** Policies that isolate a pod for what comes in. Without policyTypes, Ingress is meant. */
export function isolating(world: World, pod: PlainObject): readonly PlainObject[] {
  return world.inNamespace('NetworkPolicy', namespaceOf(pod)).filter((policy) => {
    const spec = specOf(policy)
    const types = textListIn(spec['policyTypes'])
    const meansIngress = types.length === 0 || types.includes('Ingress')
    return meansIngress && matchesSelector(spec['podSelector'] ?? {}, labelsOf(pod))
  })
}

const rulesOf = (policy: PlainObject) => recordsIn(specOf(policy)['ingress'])

/** Whether a rule lets anybody at all reach this port of the pod; who that is depends on where the traffic is from. */
function allowsPort(rule: Readonly<Record<string, unknown>>, pod: PlainObject, port: ServicePort): boolean {
  const ports = recordsIn(rule['ports'])
  if (ports.length === 0) return true
  const wanted = targetNumber(pod, port)
  return ports.some((each) => {
    if ((textIn(each['protocol']) || 'TCP') !== port.protocol) return false
    const from = each['port']
    if (from === undefined || from === null) return true
    const first = typeof from === 'string' ? targetNumber(pod, { ...port, target: from }) : number(from)
    const last = number(each['endPort']) ?? first
    return wanted !== null && first !== null && last !== null && wanted >= first && wanted <= last
  })
}

export function policyFindings(
  world: World,
  service: PlainObject,
  pods: readonly PlainObject[],
): readonly NetworkFinding[] {
  const isolated = pods.map((pod) => ({ pod, policies: isolating(world, pod) }))
  if (isolated.some(({ policies }) => policies.length === 0)) return []
  const names = [
    ...new Set(isolated.flatMap(({ policies }) => policies.map(({ metadata }) => metadata.name))),
  ]
  const ref = refOf(service)
  if (isolated.every(({ policies }) => policies.every((policy) => rulesOf(policy).length === 0)))
    return [
      finding('service.denied', ref, {
        words: `${counted(names.length, 'NetworkPolicy', 'NetworkPolicies')} select${names.length === 1 ? 's' : ''} all its pods and allow${names.length === 1 ? 's' : ''} nothing in: ${few(names)}.`,
        fix: 'Add a NetworkPolicy that allows ingress to these pods from where the traffic comes.',
      }),
    ]
  return servicePorts(service)
    .filter(
      (port) =>
        !isolated.some(({ pod, policies }) =>
          policies.some((policy) => rulesOf(policy).some((rule) => allowsPort(rule, pod, port))),
        ),
    )
    .map((port) =>
      finding('service.port_denied', ref, {
        words: `No rule of ${few(names)} allows port ${portText(port)}, which goes to ${port.target}.`,
        fix: `Allow port ${port.target} in an ingress rule that selects these pods; rules mean ports of pods, not of Services.`,
      }),
    )
}

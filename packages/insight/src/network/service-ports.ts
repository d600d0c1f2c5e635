import { recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { finding } from './finding'
import { counted } from '../counted'
import { few, number, refOf, specOf, type PlainObject } from './plain'
import { portsOf } from './pods'

export interface ServicePort {
  readonly name: string
  readonly port: number
  readonly protocol: string
  /** A number, or the name of a container's port. */
  readonly target: number | string
}

export const servicePorts = (service: PlainObject): readonly ServicePort[] =>
  recordsIn(specOf(service)['ports']).map((port) => {
    const own = number(port['port']) ?? 0
    const target = port['targetPort']
    return {
      name: textIn(port['name']),
      port: own,
      protocol: textIn(port['protocol']) || 'TCP',
      target: typeof target === 'string' && target !== '' ? target : (number(target) ?? own),
    }
  })

export const portText = ({ name, port, protocol }: ServicePort): string =>
  `${port}${protocol === 'TCP' ? '' : `/${protocol}`}${name === '' ? '' : ` (${name})`}`

/** The number that this pod answers a Service's port on; null when it has no port of the wanted name. */
export function targetNumber(pod: PlainObject, { target, protocol }: ServicePort): number | null {
  if (typeof target === 'number') return target
  return portsOf(pod).find((port) => port.name === target && port.protocol === protocol)?.port ?? null
}

export function portFindings(service: PlainObject, pods: readonly PlainObject[]): readonly NetworkFinding[] {
  if (pods.length === 0) return []
  return servicePorts(service).flatMap((port) =>
    typeof port.target === 'string' ? named(service, port, pods) : numbered(service, port, pods),
  )
}

function named(
  service: PlainObject,
  port: ServicePort,
  pods: readonly PlainObject[],
): readonly NetworkFinding[] {
  const without = pods.filter((pod) => targetNumber(pod, port) === null)
  if (without.length === 0) return []
  const whole = without.length === pods.length
  const known = [...new Set(pods.flatMap(portsOf).flatMap(({ name }) => (name === '' ? [] : [name])))]
  const names = without.map(({ metadata }) => metadata.name)
  const missing = `Port ${portText(port)} goes to the container port named "${port.target}", which`
  return [
    finding(whole ? 'service.port_name_missing' : 'service.port_name_partly_missing', refOf(service), {
      words: whole
        ? `${missing} no pod has${known.length === 0 ? '' : `; they have ${few(known)}`}.`
        : `${missing} ${counted(without.length, 'pod')} of ${pods.length} lack: ${few(names)}.`,
      fix: `Name a container port "${port.target}" in the pod template, or set targetPort to a number or a name that is there.`,
    }),
  ]
}

/** Declaring ports is voluntary: only who declares some, and not this one, is worth a word. */
function numbered(
  service: PlainObject,
  port: ServicePort,
  pods: readonly PlainObject[],
): readonly NetworkFinding[] {
  const declared = pods.map((pod) => portsOf(pod).filter(({ protocol }) => protocol === port.protocol))
  const silent = declared.some((ports) => ports.length === 0)
  if (silent || declared.some((ports) => ports.some((each) => each.port === port.target))) return []
  const known = [...new Set(declared.flat().map((each) => String(each.port)))]
  return [
    finding('service.port_undeclared', refOf(service), {
      words: `Port ${portText(port)} goes to ${port.target}, which no container declares; they declare ${few(known)}.`,
      fix: `If nothing listens on ${port.target}, set targetPort to ${known[0] ?? 'the port that the container listens on'}.`,
    }),
  ]
}

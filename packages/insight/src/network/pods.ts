import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { number, refOf, specOf, statusOf, type PlainObject } from './plain'
import { labelsOf, matchesAll } from './selector'
import { namespaceOf } from './plain'
import type { World } from './world'

export const selectorOf = (service: PlainObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordIn(specOf(service)['selector'])).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  )

const ended = (pod: PlainObject): boolean => ['Succeeded', 'Failed'].includes(textIn(statusOf(pod)['phase']))

/** Pods that the Service's selector means; those that have ended get no traffic, whatever their labels. */
export function selectedPods(world: World, service: PlainObject): readonly PlainObject[] {
  const selector = selectorOf(service)
  return world
    .inNamespace('Pod', namespaceOf(service))
    .filter((pod) => matchesAll(selector, labelsOf(pod)) && !ended(pod))
}

export const isReady = (pod: PlainObject): boolean =>
  recordsIn(statusOf(pod)['conditions']).some(({ type, status }) => type === 'Ready' && status === 'True')

export const isLeaving = ({ metadata }: PlainObject): boolean => metadata.deletionTimestamp !== undefined

const portText = (value: unknown): string => String(value ?? '')

function probeText(probe: Readonly<Record<string, unknown>>): string {
  const http = recordIn(probe['httpGet'])
  if ('httpGet' in probe)
    return `${textIn(http['scheme']) === 'HTTPS' ? 'HTTPS' : 'HTTP'} GET :${portText(http['port'])}${textIn(http['path']) || '/'}`
  if ('tcpSocket' in probe) return `TCP :${portText(recordIn(probe['tcpSocket'])['port'])}`
  if ('grpc' in probe) return `gRPC :${portText(recordIn(probe['grpc'])['port'])}`
  return 'a command'
}

/** Why a pod is not ready, in the words of its own status: which container, which probe, what it waits for. */
export function whyNotReady(world: World, pod: PlainObject): string {
  const { name } = pod.metadata
  if (isLeaving(pod)) return `${name} is being deleted`
  const status = statusOf(pod)
  const statuses = new Map(recordsIn(status['containerStatuses']).map((each) => [each['name'], each]))
  const declared = recordsIn(specOf(pod)['containers'])
  const failing = declared.find((container) => statuses.get(container['name'])?.['ready'] !== true)
  if (failing === undefined || statuses.size === 0) return withoutContainer(pod)
  const container = textIn(failing['name'])
  const waiting = textIn(recordIn(recordIn(statuses.get(container)?.['state'])['waiting'])['reason'])
  if (waiting !== '') return `${name}: container ${container} waits: ${waiting}`
  if (!('readinessProbe' in failing)) return `${name}: container ${container} is not ready`
  const probe = `${name}: the readiness probe of container ${container} fails (${probeText(recordIn(failing['readinessProbe']))})`
  const said = saidOf(world, pod)
  return said === '' ? probe : `${probe}: ${said}`
}

function withoutContainer(pod: PlainObject): string {
  const status = statusOf(pod)
  const conditions = recordsIn(status['conditions'])
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled')
  const { name } = pod.metadata
  if (scheduled?.['status'] === 'False')
    return `${name} is not scheduled: ${textIn(scheduled['message']) || textIn(scheduled['reason'])}`
  const gate = conditions.find(
    ({ type, status: state }) =>
      state !== 'True' && !['Ready', 'ContainersReady', 'PodScheduled', 'Initialized'].includes(textIn(type)),
  )
  if (gate !== undefined) return `${name}: the readiness gate ${textIn(gate['type'])} is not met`
  return `${name} is ${textIn(status['phase']) || 'Pending'}`
}

/** The newest word of the kubelet about its probe. */
function saidOf(world: World, pod: PlainObject): string {
  const { name } = refOf(pod)
  const event = world
    .inNamespace('Event', namespaceOf(pod))
    .find(
      (each) => each['reason'] === 'Unhealthy' && textIn(recordIn(each['involvedObject'])['name']) === name,
    )
  return textIn(event?.['message']).replace(/^Readiness probe failed: /, '')
}

export interface ContainerPort {
  readonly name: string
  readonly port: number | null
  readonly protocol: string
}

export const portsOf = (pod: PlainObject): readonly ContainerPort[] =>
  recordsIn(specOf(pod)['containers'])
    .flatMap((container) => recordsIn(container['ports']))
    .map((port) => ({
      name: textIn(port['name']),
      port: number(port['containerPort']),
      protocol: textIn(port['protocol']) || 'TCP',
    }))

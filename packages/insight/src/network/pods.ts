import { number, record, records, refOf, specOf, statusOf, text, type PlainObject } from './plain'
import { labelsOf, matchesAll } from './selector'
import { namespaceOf } from './plain'
import type { World } from './world'

export const selectorOf = (service: PlainObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record(specOf(service)['selector'])).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  )

const ended = (pod: PlainObject): boolean => ['Succeeded', 'Failed'].includes(text(statusOf(pod)['phase']))

/** Pods that the Service's selector means; those that have ended get no traffic, whatever their labels. */
export function selectedPods(world: World, service: PlainObject): readonly PlainObject[] {
  const selector = selectorOf(service)
  return world
    .inNamespace('Pod', namespaceOf(service))
    .filter((pod) => matchesAll(selector, labelsOf(pod)) && !ended(pod))
}

export const isReady = (pod: PlainObject): boolean =>
  records(statusOf(pod)['conditions']).some(({ type, status }) => type === 'Ready' && status === 'True')

export const isLeaving = ({ metadata }: PlainObject): boolean => metadata.deletionTimestamp !== undefined

const portText = (value: unknown): string => String(value ?? '')

function probeText(probe: Readonly<Record<string, unknown>>): string {
  const http = record(probe['httpGet'])
  if ('httpGet' in probe)
    return `${text(http['scheme']) === 'HTTPS' ? 'HTTPS' : 'HTTP'} GET :${portText(http['port'])}${text(http['path']) || '/'}`
  if ('tcpSocket' in probe) return `TCP :${portText(record(probe['tcpSocket'])['port'])}`
  if ('grpc' in probe) return `gRPC :${portText(record(probe['grpc'])['port'])}`
  return 'a command'
}

/** Why a pod is not ready, in the words of its own status: which container, which probe, what it waits for. */
export function whyNotReady(world: World, pod: PlainObject): string {
  const { name } = pod.metadata
  if (isLeaving(pod)) return `${name} is being deleted`
  const status = statusOf(pod)
  const statuses = new Map(records(status['containerStatuses']).map((each) => [each['name'], each]))
  const declared = records(specOf(pod)['containers'])
  const failing = declared.find((container) => statuses.get(container['name'])?.['ready'] !== true)
  if (failing === undefined || statuses.size === 0) return withoutContainer(pod)
  const container = text(failing['name'])
  const waiting = text(record(record(statuses.get(container)?.['state'])['waiting'])['reason'])
  if (waiting !== '') return `${name}: container ${container} waits: ${waiting}`
  if (!('readinessProbe' in failing)) return `${name}: container ${container} is not ready`
  const probe = `${name}: the readiness probe of container ${container} fails (${probeText(record(failing['readinessProbe']))})`
  const said = saidOf(world, pod)
  return said === '' ? probe : `${probe}: ${said}`
}

function withoutContainer(pod: PlainObject): string {
  const status = statusOf(pod)
  const conditions = records(status['conditions'])
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled')
  const { name } = pod.metadata
  if (scheduled?.['status'] === 'False')
    return `${name} is not scheduled: ${text(scheduled['message']) || text(scheduled['reason'])}`
  const gate = conditions.find(
    ({ type, status: state }) =>
      state !== 'True' && !['Ready', 'ContainersReady', 'PodScheduled', 'Initialized'].includes(text(type)),
  )
  if (gate !== undefined) return `${name}: the readiness gate ${text(gate['type'])} is not met`
  return `${name} is ${text(status['phase']) || 'Pending'}`
}

/** The newest word of the kubelet about its probe. */
function saidOf(world: World, pod: PlainObject): string {
  const { name } = refOf(pod)
  const event = world
    .inNamespace('Event', namespaceOf(pod))
    .find((each) => each['reason'] === 'Unhealthy' && text(record(each['involvedObject'])['name']) === name)
  return text(event?.['message']).replace(/^Readiness probe failed: /, '')
}

export interface ContainerPort {
  readonly name: string
  readonly port: number | null
  readonly protocol: string
}

export const portsOf = (pod: PlainObject): readonly ContainerPort[] =>
  records(specOf(pod)['containers'])
    .flatMap((container) => records(container['ports']))
    .map((port) => ({
      name: text(port['name']),
      port: number(port['containerPort']),
      protocol: text(port['protocol']) || 'TCP',
    }))

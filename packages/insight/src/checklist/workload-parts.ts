import { recordIn, recordsIn, textIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'

/** Any object with a kind: as the API server has it, or as a person wrote it. */
export interface WorkloadObject {
  readonly kind: string
  readonly [field: string]: unknown
}

const longRunning = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])
export const runsForLong = ({ kind }: WorkloadObject): boolean => longRunning.has(kind)
export const hasReplicas = ({ kind }: WorkloadObject): boolean =>
  kind === 'Deployment' || kind === 'StatefulSet'

export const specOf = (object: WorkloadObject): Loose => recordIn(object['spec'])

export function templateOf(object: WorkloadObject): Loose {
  const spec = specOf(object)
  if (object.kind === 'Pod') return object
  const holder = object.kind === 'CronJob' ? recordIn(recordIn(spec['jobTemplate'])['spec']) : spec
  return recordIn(holder['template'])
}

export const podSpecOf = (object: WorkloadObject): Loose => recordIn(templateOf(object)['spec'])
export const podLabelsOf = (object: WorkloadObject): Readonly<Record<string, string>> =>
  textsIn(recordIn(templateOf(object)['metadata'])['labels'])

export const containersOf = (object: WorkloadObject): readonly Loose[] =>
  recordsIn(podSpecOf(object)['containers'])
export const allContainersOf = (object: WorkloadObject): readonly Loose[] => [
  ...recordsIn(podSpecOf(object)['initContainers']),
  ...containersOf(object),
]
export const namesOf = (containers: readonly Loose[]): string =>
  containers.map((container) => textIn(container['name'])).join(', ')

/** 1 where nobody said otherwise, as the API server has it. */
export function replicasOf(object: WorkloadObject): number {
  const replicas = specOf(object)['replicas']
  return typeof replicas === 'number' && Number.isFinite(replicas) ? replicas : 1
}

export const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** `25%` or a number, of the replica count; surge rounds up, unavailable down. Upstream: intstr. */
export function shareOf(value: unknown, replicas: number, round: (value: number) => number): number | null {
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(textIn(value))?.[1]
  return percent === undefined ? null : round((Number(percent) * replicas) / 100)
}

import { isObject, objectsOf } from '../applications/manifest-objects'

export type ContainerImage = {
  /** What `rollout.deploy` takes as the key: the container, or `workload/container` where that is ambiguous. */
  key: string
  workload: string
  kind: string
  container: string
  image: string
}

const podSpecPaths: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Pod: ['spec'],
}

/** Every container of a release's workloads, init containers first. */
export function containersOf(manifests: string): ContainerImage[] {
  const found = objectsOf(manifests).flatMap(({ kind, name, value }) => {
    const path = podSpecPaths[kind]
    const spec = path?.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), value)
    if (!isObject(spec)) return []
    return ['initContainers', 'containers'].flatMap((field) => {
      const list = spec[field]
      return Array.isArray(list) ? list.flatMap((each) => containerOf(each, kind, name)) : []
    })
  })
  return found.map((one) => ({
    ...one,
    key:
      found.filter(({ container }) => container === one.container).length > 1
        ? `${one.workload}/${one.container}`
        : one.container,
  }))
}

function containerOf(value: unknown, kind: string, workload: string): Omit<ContainerImage, 'key'>[] {
  if (!isObject(value) || typeof value['name'] !== 'string') return []
  const image = typeof value['image'] === 'string' ? value['image'] : ''
  return [{ kind, workload, container: value['name'], image }]
}

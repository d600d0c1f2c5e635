import type { AutoscalerFact, Read } from '@fairlead/contracts/cluster-facts'

interface Target {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Pure: what else moves when the requests of this workload do. */
export function autoscalerNotes(target: Target, autoscalers: Read<AutoscalerFact> | null): readonly string[] {
  if (autoscalers === null || autoscalers.state !== 'read')
    return ['Whether an autoscaler counts in its requests is not known: autoscalers could not be read.']
  const own = autoscalers.items.filter(
    ({ namespace, targetKind, targetName }) =>
      namespace === target.namespace && targetKind === target.kind && targetName === target.name,
  )
  return own.flatMap(({ kind, name, resources, active }) => {
    const counted = resources.filter((resource) => resource === 'cpu' || resource === 'memory')
    if (counted.length === 0) return []
    if (kind === 'HorizontalPodAutoscaler')
      return [
        `HorizontalPodAutoscaler ${name} scales by ${counted.join(' and ')}; where it counts in percent of the requests, another request is another number of replicas.`,
      ]
    return active
      ? [
          `VerticalPodAutoscaler ${name} sets the requests of its pods itself; those of the template are a start.`,
        ]
      : []
  })
}

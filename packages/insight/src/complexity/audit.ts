import type { ClusterFacts, Read } from '@fairlead/contracts/cluster-facts'
import {
  complexityFactors,
  type ComplexityFactor,
  type ComplexityItem,
  type ComplexityReport,
} from '@fairlead/contracts/complexity'
import { componentsIn, type ComponentRole, type SeenWorkload } from './known-components'
import { webhookBlasts } from './webhook-blast'
import { webhookItems, type Found } from './webhook-items'

export interface ComplexityInput {
  readonly facts: ClusterFacts
  readonly workloads: readonly SeenWorkload[]
  /** Schedulers that pods name, other than the default one, with how many pods of which namespace. */
  readonly schedulers: readonly { readonly name: string; readonly namespace: string; readonly pods: number }[]
  readonly now: Date
}

/** A namespace that is deleted takes seconds; past this something holds it. */
const terminatingForMs = 5 * 60_000

const itemsIn = <T>(read: Read<T>): readonly T[] => (read.state === 'read' ? read.items : [])

function componentItems({ workloads, facts }: ComplexityInput): Found[] {
  const components = componentsIn(workloads)
  const of = (role: ComponentRole) => components.filter((component) => component.role === role)
  const say =
    (factor: ComplexityFactor) =>
    (component: (typeof components)[number]): Found => ({
      factor,
      namespace: component.workload.namespace,
      words: `${component.name} (${component.workload.kind} ${component.workload.name})`,
    })
  const beyondFirst = (role: ComponentRole) => (of(role).length > 1 ? of(role).slice(1) : [])
  const replaced = facts.kubeProxyReplaced ? of('kube-proxy') : []
  return [
    ...beyondFirst('cni').map(say('cni')),
    ...replaced.map(say('kube-proxy-and-ebpf')),
    ...of('mesh').map(say('mesh')),
    ...beyondFirst('gitops').map(say('gitops-engine')),
    ...ingressItems(facts, of('ingress').map(say('ingress-controller'))),
  ]
}

/** By classes where there are any: they name their controller; else by the images that run. */
function ingressItems(facts: ClusterFacts, found: readonly Found[]): Found[] {
  const controllers = [...new Set(itemsIn(facts.ingressClasses).map(({ controller }) => controller))].sort()
  const byClass = controllers.map((controller): Found => ({
    factor: 'ingress-controller',
    words: `${controller}, named by an IngressClass`,
  }))
  return (byClass.length >= found.length ? byClass : found).slice(1)
}

function autoscalerItems(facts: ClusterFacts): Found[] {
  const all = itemsIn(facts.autoscalers)
  return all.flatMap((vertical) => {
    if (vertical.kind !== 'VerticalPodAutoscaler' || !vertical.active) return []
    const rival = all.find(
      (each) =>
        each.kind === 'HorizontalPodAutoscaler' &&
        each.namespace === vertical.namespace &&
        each.targetKind === vertical.targetKind &&
        each.targetName === vertical.targetName &&
        each.resources.some((resource) => vertical.resources.includes(resource)),
    )
    if (rival === undefined) return []
    const shared = rival.resources.filter((resource) => vertical.resources.includes(resource))
    const words = `${vertical.targetKind} ${vertical.targetName}: ${rival.name} and ${vertical.name} both act on ${shared.join(', ')}`
    return [{ factor: 'hpa-and-vpa' as const, namespace: vertical.namespace, words }]
  })
}

function resourceItems(facts: ClusterFacts): Found[] {
  return itemsIn(facts.customResources).flatMap((crd): Found[] => {
    const own: Found = { factor: 'crd', words: crd.name }
    if (crd.objects === null || crd.objects === 0 || !crd.hasStatus) return [own]
    if (crd.statusManagers.length === 0)
      return [
        own,
        {
          factor: 'crd-orphan',
          words: `${crd.name}: nobody has written the status of ${crd.objects} objects`,
        },
      ]
    if (crd.statusManagers.length === 1) return [own]
    const words = `${crd.name}: ${crd.statusManagers.join(' and ')} write its status`
    return [own, { factor: 'crd-contested', words }]
  })
}

function storageItems({ defaultStorageClasses: read }: ClusterFacts): Found[] {
  if (read.state !== 'read' || read.items.length === 1) return []
  const words = read.items.length === 0 ? 'no class is the default' : `${read.items.join(' and ')} both are`
  return [{ factor: 'default-storage-class', words }]
}

function namespaceItems(facts: ClusterFacts, now: Date): Found[] {
  return itemsIn(facts.namespaces).flatMap(({ name, terminatingSince, remaining }) => {
    const since = terminatingSince === null ? null : now.getTime() - Date.parse(terminatingSince)
    if (since === null || since < terminatingForMs) return []
    const held = remaining.length === 0 ? 'and does not say what holds it' : `held by ${remaining.join('; ')}`
    const words = `${name} is ending for ${Math.round(since / 60_000)} min, ${held}`
    return [{ factor: 'namespace-terminating' as const, namespace: name, words }]
  })
}

const schedulerItems = ({ schedulers }: ComplexityInput): Found[] => {
  const names = [...new Set(schedulers.map(({ name }) => name))].sort()
  return names.map((name) => {
    const users = schedulers.filter((each) => each.name === name)
    const pods = users.reduce((sum, each) => sum + each.pods, 0)
    const where = users.map(({ namespace }) => namespace).join(', ')
    return { factor: 'scheduler' as const, words: `${name} places ${pods} pods in ${where}` }
  })
}

const downItems = (facts: ClusterFacts): Found[] =>
  itemsIn(facts.apiServices)
    .filter(({ available }) => !available)
    .map(({ name, service, reason, message }) => ({
      factor: 'apiservice-down' as const,
      words: `${name} (${service ?? 'local'}): ${reason || 'no condition'} ${message}`.trim(),
    }))

function weighed(found: readonly Found[]): readonly ComplexityItem[] {
  const factors = Object.keys(complexityFactors) as ComplexityFactor[]
  return factors
    .flatMap((factor): ComplexityItem[] => {
      const own = found.filter((each) => each.factor === factor)
      if (own.length === 0) return []
      const { weight, most } = complexityFactors[factor]
      const evidence = own.map(({ namespace = null, words }) => ({ namespace, words }))
      const sum = Math.round(Math.min(most, own.length * weight) * 10) / 10
      return [{ factor, count: own.length, weight: sum, evidence }]
    })
    .sort((left, right) => right.weight - left.weight)
}

/** What is unknown, in words; absent kinds are known to be none. */
function unknownsOf(facts: ClusterFacts): readonly string[] {
  const questions: readonly (readonly [string, Read<unknown>])[] = [
    ['webhooks', facts.webhooks],
    ['APIServices', facts.apiServices],
    ['custom resources', facts.customResources],
    ['StorageClasses', facts.defaultStorageClasses],
    ['IngressClasses', facts.ingressClasses],
    ['namespaces', facts.namespaces],
    ['autoscalers', facts.autoscalers],
  ]
  const unread = questions.flatMap(([what, read]) =>
    read.state === 'denied' || read.state === 'failed' ? [`${what}: ${read.words}`] : [],
  )
  const closed = itemsIn(facts.customResources).filter(({ objects }) => objects === null)
  return closed.length === 0
    ? unread
    : [...unread, `controllers of ${closed.length} custom resources: their objects may not be read`]
}

/** Pure: what is in the cluster, weighed, with evidence; and what fails when a webhook does. */
export function complexityOf(about: ComplexityInput): ComplexityReport {
  const { facts, now } = about
  const namespaces = itemsIn(facts.namespaces)
  const webhooks = itemsIn(facts.webhooks)
  const items = weighed([
    ...webhookItems(webhooks, { namespaces, now }),
    ...downItems(facts),
    ...componentItems(about),
    ...schedulerItems(about),
    ...resourceItems(facts),
    ...autoscalerItems(facts),
    ...storageItems(facts),
    ...namespaceItems(facts, now),
  ])
  const score = Math.round(items.reduce((sum, { weight }) => sum + weight, 0))
  return { score, items, webhooks: webhookBlasts(webhooks, namespaces), unknown: unknownsOf(facts) }
}

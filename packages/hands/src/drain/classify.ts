import { matchesSelector } from '@fairlead/insight/label-selector'
import type { DrainPod } from '@fairlead/contracts/hands'
import { integerIn, recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { KubeObject } from '@fairlead/kube/kube-object'

export interface DrainOptions {
  readonly emptyDir: boolean
  readonly unmanaged: boolean
}

/**
 * What a drain does with each pod of a node, by kubectl's rules
 * (https://github.com/kubernetes/kubectl/blob/master/pkg/drain/filters.go) and, for budgets, the Eviction API's
 * (https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/storage/eviction.go). Pure: the preview
 * and the drain itself are one function.
 */
export function classify(
  pods: readonly KubeObject[],
  budgets: readonly KubeObject[],
  options: DrainOptions,
): readonly DrainPod[] {
  return pods.map((pod) => classifyPod(pod, budgets, options))
}

function classifyPod(pod: KubeObject, budgets: readonly KubeObject[], options: DrainOptions): DrainPod {
  const { metadata } = pod
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
  const emptyDirs = recordsIn(recordIn(pod['spec'])['volumes'])
    .filter((volume) => volume['emptyDir'] !== undefined)
    .map((volume) => textIn(volume['name']))
  const own = budgetsOf(pod, budgets)
  const [budget] = own
  const facts = {
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    controller: owner === undefined ? null : `${owner.kind} ${owner.name}`,
    budget: budget === undefined ? null : { name: budget.metadata.name, allowed: allowedBy(budget) },
    emptyDirs,
  }
  return { ...facts, ...decide(pod, { ...facts, options, budgets: own }) }
}

interface Facts extends Pick<DrainPod, 'controller' | 'emptyDirs'> {
  readonly options: DrainOptions
  readonly budgets: readonly KubeObject[]
}

const phaseOf = (pod: KubeObject): string => textIn(recordIn(pod['status'])['phase'])
const hasEnded = (pod: KubeObject): boolean => ['Succeeded', 'Failed'].includes(phaseOf(pod))

function decide(pod: KubeObject, facts: Facts): Pick<DrainPod, 'step' | 'reason'> {
  const { controller, emptyDirs, options } = facts
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined)
    return {
      step: 'leave',
      reason: 'A static pod: the kubelet runs it from a file, and no API can evict it.',
    }
  if (hasEnded(pod)) return { step: 'evict', reason: `It has ended (${phaseOf(pod)}).` }
  if (controller?.startsWith('DaemonSet ') === true)
    return {
      step: 'leave',
      reason: `${controller} would put it back at once: cordoned nodes are no obstacle to it.`,
    }
  if (pod.metadata.deletionTimestamp !== undefined)
    return { step: 'evict', reason: 'It is stopping already.' }
  if (controller === null && !options.unmanaged)
    return { step: 'refuse', reason: 'No controller brings it back: it would be gone for good.' }
  if (emptyDirs.length > 0 && !options.emptyDir)
    return { step: 'refuse', reason: `The data in ${emptyDirs.join(', ')} (emptyDir) would be lost.` }
  return underBudgets(pod, facts)
}

const budgetsOf = (pod: KubeObject, budgets: readonly KubeObject[]): readonly KubeObject[] =>
  budgets.filter(
    (budget) =>
      budget.metadata.namespace === pod.metadata.namespace &&
      matchesSelector(recordIn(budget['spec'])['selector'], pod.metadata.labels ?? {}),
  )

/** A budget that its controller has not looked at since it was changed allows nothing. */
function allowedBy(budget: KubeObject): number {
  const status = recordIn(budget['status'])
  const current = integerIn(status['observedGeneration']) >= (budget.metadata.generation ?? 0)
  return current ? Math.max(0, integerIn(status['disruptionsAllowed'])) : 0
}

function underBudgets(pod: KubeObject, { controller, budgets }: Facts): Pick<DrainPod, 'step' | 'reason'> {
  const comesBack = controller === null ? 'It is gone for good.' : `${controller} starts another elsewhere.`
  const [budget, second] = budgets
  if (budget === undefined) return { step: 'evict', reason: comesBack }
  const { name } = budget.metadata
  if (second !== undefined)
    return {
      step: 'wait',
      reason: `The budgets ${name} and ${second.metadata.name} both cover it: the Eviction API refuses such a pod until one of them no longer does.`,
    }
  const allowed = allowedBy(budget)
  if (allowed > 0)
    return { step: 'evict', reason: `${comesBack} The budget ${name} allows ${allowed} at a time.` }
  if (phaseOf(pod) === 'Pending')
    return { step: 'evict', reason: `${comesBack} It has not started, so ${name} does not count it.` }
  const status = recordIn(budget['status'])
  const healthy = integerIn(status['currentHealthy'])
  const desired = integerIn(status['desiredHealthy'])
  if (!isReady(pod) && passesUnready(budget, { healthy, desired }))
    return { step: 'evict', reason: `${comesBack} It is not ready, so ${name} lets it go.` }
  return {
    step: 'wait',
    reason: `The budget ${name} allows no disruption now: ${healthy} healthy, at least ${desired} wanted.`,
  }
}

const isReady = (pod: KubeObject): boolean =>
  recordsIn(recordIn(pod['status'])['conditions']).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  )

function passesUnready(
  budget: KubeObject,
  { healthy, desired }: { healthy: number; desired: number },
): boolean {
  if (textIn(recordIn(budget['spec'])['unhealthyPodEvictionPolicy']) === 'AlwaysAllow') return true
  return desired > 0 && healthy >= desired
}

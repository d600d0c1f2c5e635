import type { DrainPlan, DrainPod } from '@fairlead/contracts/hands'
import { drainSteps, type DrainStep } from '@fairlead/contracts/hand-states'
import type { HandsDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { classify, type DrainOptions } from '../drain/classify'
import { observeNode } from '../drain/observe-node'
import type { HandsDeps } from '../hands-deps'
import { isCordoned, nodeScope } from './node-cordon'

const order = Object.keys(drainSteps).reverse() as DrainStep[]

/** What stands in the way comes first. */
const byStep = (left: DrainPod, right: DrainPod): number =>
  order.indexOf(left.step) - order.indexOf(right.step) ||
  `${left.namespace}/${left.name}`.localeCompare(`${right.namespace}/${right.name}`)

export async function drainPlan(
  client: KubeClient,
  wanted: DrainOptions & { readonly name: string },
  signal?: AbortSignal,
): Promise<DrainPlan> {
  const seen = await observeNode(client, wanted.name, signal)
  if (seen === null) throw notFound('node')
  const pods = [...classify(seen.pods, seen.budgets, wanted)].sort(byStep)
  const count = (step: DrainStep): number => pods.filter((pod) => pod.step === step).length
  return {
    node: wanted.name,
    uid: seen.node.metadata.uid ?? '',
    cordoned: isCordoned(seen.node),
    pods,
    counts: { evict: count('evict'), wait: count('wait'), leave: count('leave'), refuse: count('refuse') },
  }
}

export const nodePlanDrain = ({ db, clusters }: HandsDeps) =>
  room<HandsDb>(db).query('node.planDrain', {
    scope: nodeScope,
    run: async (context, input) =>
      drainPlan(await clusters.clientFor(input.cluster, context.actor), input, context.signal),
  })

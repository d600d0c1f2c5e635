import { drainSteps, type DrainStep } from '@fairlead/contracts/hand-states'
import type { DrainPlan } from '@fairlead/contracts/hands'
import { StatusMark } from '@fairlead/ui/status-mark'

const order = ['refuse', 'wait', 'evict', 'leave'] as const satisfies readonly DrainStep[]

/** Every pod of the node with what would become of it; what stands in the way first. */
export function DrainPreview({ plan }: { plan: DrainPlan }) {
  if (plan.pods.length === 0)
    return <p className="text-sm text-muted">No pod is on this node: it is only cordoned.</p>
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap gap-x-4 gap-y-1" aria-live="polite">
        {order
          .filter((step) => plan.counts[step] > 0)
          .map((step) => (
            <StatusMark
              key={step}
              tone={drainSteps[step].tone}
              word={`${plan.counts[step]} · ${drainSteps[step].word}`}
            />
          ))}
      </p>
      <ul
        aria-label="Pods of the node"
        tabIndex={0}
        className="max-h-72 divide-y divide-line overflow-auto rounded-md border border-line"
      >
        {plan.pods.map((pod) => (
          <li key={pod.uid} className="grid grid-cols-1 gap-x-4 px-3 py-2 text-sm sm:grid-cols-2">
            <span className="min-w-0 truncate font-medium" title={`${pod.namespace}/${pod.name}`}>
              <span className="font-normal text-muted">{pod.namespace}/</span>
              {pod.name}
            </span>
            <StatusMark tone={drainSteps[pod.step].tone} word={drainSteps[pod.step].word} />
            <span className="text-xs text-muted sm:col-span-2">{pod.reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

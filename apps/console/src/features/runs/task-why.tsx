'use client'

import type { TaskView, WhyLine } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { exactText, relativeText } from '@fairlead/ui/time-text'
import { useNow } from '@fairlead/ui/use-now'
import { Check, CircleDashed, Hourglass } from 'lucide-react'
import { TaskStateMark } from '@/features/workflows/states'
import { TaskLink } from './task-link'

const kinds: Record<WhyLine['what'], string> = {
  rule: 'Trigger rule',
  upstream: 'Upstream',
  pool: 'Pool',
  limit: 'Limit',
  cluster: 'Cluster',
  airflow: 'Airflow',
  timer: 'Timer',
  approval: 'Approval',
  event: 'Event',
  runner: 'Runner',
}

/** Everything that stands between the task and its run: what it has behind it, what it waits for, until when. */
export function TaskWhy({ task }: { task: TaskView }) {
  const unmet = task.why.filter(({ passed }) => !passed)
  return (
    <div className="space-y-5">
      <section aria-label="Why">
        <p className="pb-2 text-sm font-medium">{headline(task, unmet.length)}</p>
        {task.why.length === 0 ? (
          <p className="text-sm text-muted">{task.reason || 'Nothing is told of it.'}</p>
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
            {[...unmet, ...task.why.filter(({ passed }) => passed)].map((line) => (
              <Line key={`${line.what}${line.message}`} line={line} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label="Upstream tasks">
        <p className="pb-2 text-sm font-medium">
          Upstream <span className="font-normal text-muted">with the rule</span>{' '}
          <code className="font-mono text-xs">{task.trigger}</code>
        </p>
        {task.upstream.length === 0 ? (
          <p className="text-sm text-muted">It stands at the beginning: nothing comes before it.</p>
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
            {task.upstream.map(({ id, state }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 px-3 py-2">
                <TaskLink task={id} index={null} />
                <TaskStateMark state={state} className="text-xs" />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

function headline({ state }: TaskView, unmet: number): string {
  const { terminal, word } = taskStates[state]
  if (terminal) return `Why it is ${word.toLowerCase()}`
  if (unmet === 0) return 'Nothing stands in its way'
  return unmet === 1 ? 'One thing stands in its way' : `${unmet} things stand in its way`
}

function Line({ line }: { line: WhyLine }) {
  const { passed, what, message, until } = line
  const Icon = passed ? Check : until ? Hourglass : CircleDashed
  return (
    <li className={cn('flex items-start gap-2.5 px-3 py-2 text-sm', !passed && 'bg-wait-soft')}>
      <Icon aria-hidden className={cn('mt-[3px] size-3.5 shrink-0', passed ? 'text-ok' : 'text-wait')} />
      <div className="min-w-0 flex-1">
        <span className={cn('break-words', passed && 'text-muted')}>{message}</span>
        {until && !passed ? <Until at={until} /> : null}
      </div>
      <span className="shrink-0 text-xs text-muted">
        {kinds[what]}
        <span className="sr-only">, {passed ? 'passed' : 'not met'}</span>
      </span>
    </li>
  )
}

function Until({ at }: { at: string }) {
  const nowMs = useNow()
  const atMs = Date.parse(at)
  return (
    <span className="block text-xs text-wait" title={exactText(new Date(atMs))} suppressHydrationWarning>
      {atMs > nowMs
        ? `until ${exactText(new Date(atMs)).slice(11)}, ${relativeText(atMs, nowMs)}`
        : 'due now'}
    </span>
  )
}

'use client'

import { connectionOf } from '@fairlead/contracts/airflow-place'
import type { TaskView } from '@fairlead/contracts/workflow'
import { CodeBlock } from '@fairlead/ui/code-block'
import { EmptyState } from '@fairlead/ui/empty-state'
import { useMemo } from 'react'
import { stringify } from 'yaml'
import { AirflowLink } from './airflow-link'
import { AttemptSelect } from './attempt-select'
import { jobCommand } from './job-command'
import { attemptAsked } from './newest-first'
import { useTaskPlace } from './use-task-place'
import { YamlBlock } from './yaml-block'

/** What was asked of the cluster or of Airflow, every expression rendered, and how to look at it there. */
export function TaskSpec({ task }: { task: TaskView }) {
  const { attempt: asked } = useTaskPlace()
  const attempt = attemptAsked(task.attemptList, asked)
  const yaml = useMemo(() => (attempt ? stringify(tidied(attempt.spec)) : ''), [attempt])
  if (!attempt)
    return (
      <EmptyState title="Nothing is rendered yet" className="rounded-lg border border-line bg-surface">
        Expressions are rendered when the task is started, with what its upstream tasks gave.
      </EmptyState>
    )
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <AttemptSelect attempts={task.attemptList} current={attempt.number} tab="spec" />
      </div>
      {connectionOf(attempt.cluster) === null ? (
        <CodeBlock title="kubectl" prompt code={jobCommand(attempt)} />
      ) : (
        <p className="text-sm">
          <AirflowLink attempt={attempt} />
        </p>
      )}
      <YamlBlock
        title={`Attempt ${attempt.number}, as it was rendered`}
        yaml={yaml}
        className="max-h-[calc(100dvh-26rem)]"
      />
    </div>
  )
}

const first = ['image', 'command', 'args', 'env', 'resources', 'namespace'] as const

/** What one looks for first comes first, what is not set is left out; the pod template is shown as what it means. */
function tidied(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { podTemplate, ...rest } = spec
  const ordered = { ...Object.fromEntries(first.map((key) => [key, rest[key]])), ...rest }
  const given = Object.fromEntries(
    Object.entries(ordered).filter(([, value]) => value !== null && value !== undefined),
  )
  return typeof podTemplate === 'string' ? { ...given, podTemplate: parsed(podTemplate) } : given
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return json
  }
}

'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { KeyValue } from '@fairlead/ui/key-value'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { workflowHref } from './addresses'
import { NextTime, ScheduleLine } from './next-time'
import { RunStrip } from './run-strip'
import { successRate } from './workflow-filters'

/** When it runs, how it went lately, where it runs. */
export function WorkflowFacts({ workflow }: { workflow: WorkflowDetail }) {
  const { schedule, nextAt, paused, lastRuns, activeRuns, clusters, tasks, project } = workflow
  const rate = successRate(lastRuns)
  const median = medianOf(
    lastRuns.flatMap(({ state, durationMs }) => (state === 'succeeded' ? (durationMs ?? []) : [])),
  )
  return (
    <KeyValue
      layout="strip"
      entries={[
        { key: 'Project', value: project },
        { key: 'Schedule', value: <ScheduleLine schedule={schedule} paused={paused} /> },
        {
          key: 'Next run',
          value: (
            <span title={nextAt === null ? undefined : exactText(new Date(nextAt))}>
              <NextTime at={nextAt} paused={paused && schedule !== null} />
            </span>
          ),
        },
        { key: 'Last runs', value: <RunStrip runs={lastRuns} href={workflowHref(workflow, 'grid')} /> },
        { key: 'Succeeded', value: rate === null ? '–' : `${rate.good} of ${rate.of}` },
        { key: 'Usually takes', value: median === null ? '–' : durationText(median) },
        { key: 'Active runs', value: activeRuns === 0 ? 'none' : activeRuns },
        { key: 'Tasks', value: tasks.toLocaleString('en') },
        { key: 'Clusters', value: clusters.join(', ') || 'decided when it runs' },
      ]}
    />
  )
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? null
}

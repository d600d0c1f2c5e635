import type { RunView, TaskView } from '@fairlead/contracts/workflow'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import type { PanelTab } from './panel-tabs'
import { TaskApproval } from './task-approval'
import { TaskAttempts } from './task-attempts'
import { TaskIndexes } from './task-indexes'
import { TaskOutputs } from './task-outputs'
import { TaskWhy } from './task-why'

const TaskLogs = dynamic(() => import('./task-logs').then((module) => module.TaskLogs))
const TaskSpec = dynamic(() => import('./task-spec').then((module) => module.TaskSpec))

export const panelContents = (run: RunView, task: TaskView): Record<PanelTab, () => ReactNode> => ({
  why: () => <TaskWhy task={task} />,
  approval: () => <TaskApproval run={run} task={task} />,
  indexes: () => <TaskIndexes run={run} task={task} />,
  logs: () => <TaskLogs run={run} task={task} />,
  attempts: () => <TaskAttempts task={task} />,
  outputs: () => <TaskOutputs task={task} />,
  spec: () => <TaskSpec task={task} />,
})

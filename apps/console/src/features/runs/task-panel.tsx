'use client'

import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import dynamic from 'next/dynamic'
import { useTaskPlace } from './use-task-place'

const TaskSheet = dynamic(() => import('./task-sheet').then((module) => module.TaskSheet))

/** The panel of one task; the address says of which, so that it can be sent to a colleague. */
export function TaskPanel({ run }: { run: RunView }) {
  const { task: id, index } = useTaskPlace()
  if (id === null) return null
  const task: RunTask | undefined = run.tasks.find((each) => each.id === id)
  return <TaskSheet run={run} id={id} index={index} known={task} />
}

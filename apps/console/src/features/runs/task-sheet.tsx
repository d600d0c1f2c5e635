'use client'

import type { RunId } from '@fairlead/contracts/ids'
import type { RunTask, RunView, TaskView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { Kbd } from '@fairlead/ui/kbd'
import { Sheet } from '@fairlead/ui/sheet'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Tabs } from '@fairlead/ui/tabs'
import { useQuery } from '@tanstack/react-query'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { panelTabs, panelTabsOf, type PanelTab } from './panel-tabs'
import { TaskClear } from './task-clear'
import { TaskHead } from './task-head'
import { panelContents } from './task-contents'
import { taskName } from './task-name'
import { usePanelKeys } from './use-panel-keys'
import { useTaskPlace } from './use-task-place'

type TaskSheetProps = { run: RunView; id: string; index: number; known: RunTask | undefined }

/** A task can move without any entry that announces it: its place in a queue, for one. */
const lookAgainMs = 10_000

export function TaskSheet({ run, id, index, known }: TaskSheetProps) {
  const { close } = useTaskPlace()
  const task = useQuery(
    useTRPC().run.task.queryOptions(
      { run: run.id as RunId, task: id, index },
      {
        refetchInterval: ({ state }) =>
          state.data && taskStates[state.data.state].terminal ? false : lookAgainMs,
      },
    ),
  )
  const node = run.graph.find((each) => each.id === id)
  usePanelKeys({ run, id, index })
  return (
    <Sheet
      open
      onOpenChange={(next) => (next ? undefined : close())}
      size="xl"
      title={<span className="font-mono">{taskName(id, index)}</span>}
      description={node?.summary ? <span className="line-clamp-2 break-all">{node.summary}</span> : undefined}
      footer={<Foot run={run} id={id} />}
    >
      {task.data ? (
        <Task run={run} task={task.data} fansOut={index < 0 && (node?.forEach ?? false)} />
      ) : task.isError ? (
        <FaultState
          what={`${taskName(id, index)} could not be loaded.`}
          error={task.error}
          right="project.view"
          onRetry={() => void task.refetch()}
          retrying={task.isFetching}
        />
      ) : (
        <>
          {known && index < 0 ? <TaskHead run={run} task={known} /> : null}
          <SkeletonRows rows={8} label="Loading the task" />
        </>
      )}
    </Sheet>
  )
}

function Task({ run, task, fansOut }: { run: RunView; task: TaskView; fansOut: boolean }) {
  const { tab, setTab } = useTaskPlace()
  const kind = run.graph.find((node) => node.id === task.id)?.kind ?? 'run'
  const tabs = panelTabsOf({ task, kind, fansOut })
  const first = tabs[0] ?? 'why'
  const current = tabs.find((each) => each === tab) ?? first
  const contents = panelContents(run, task)
  return (
    <>
      <TaskHead run={run} task={task} />
      <Tabs
        label="About the task"
        value={current}
        onValueChange={(next) => setTab(next === first ? null : next)}
        items={tabs.map((value) => ({
          value,
          label: panelTabs[value],
          count: countOf(value, task),
          content: value === current ? contents[value]() : null,
        }))}
      />
    </>
  )
}

function countOf(tab: PanelTab, task: TaskView): number | undefined {
  if (tab === 'attempts') return task.attemptList.length
  return tab === 'indexes' ? task.indexes?.size : undefined
}

function Foot({ run, id }: { run: RunView; id: string }) {
  return (
    <>
      <p className="mr-auto flex items-center gap-3 text-xs text-faint max-md:hidden">
        <span>
          <Kbd keys="j" /> <Kbd keys="k" /> next, previous
        </span>
        <span>
          <Kbd keys="l" /> log
        </span>
        <span>
          <Kbd keys="escape" /> close
        </span>
      </p>
      <TaskClear run={run} id={id} />
    </>
  )
}

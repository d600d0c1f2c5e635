'use client'

import { airflowState, type DagRunDetail, type TaskInstanceRow } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Duration } from '@fairlead/ui/duration'
import { Select } from '@fairlead/ui/select'
import { Sheet } from '@fairlead/ui/sheet'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Tabs } from '@fairlead/ui/tabs'
import { RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState, type ReactNode } from 'react'
import type { DagRunPlace } from '../addresses'
import { AirflowStateMark, stateWord } from '../states'
import { useAirflowRights } from '../use-connection'
import { instanceName } from './instance-name'
import { PodHint } from './pod-hint'
import { RenderedTab } from './rendered-tab'
import { TriesTab } from './tries-tab'
import { useTaskPanel } from './use-task-panel'

const loading = () => <SkeletonRows rows={8} label="Loading" />
const TaskLogs = dynamic(() => import('./task-logs').then((module) => module.TaskLogs), { loading })
const PodsTab = dynamic(() => import('./pods-tab').then((module) => module.PodsTab), { loading })
const ClearDialog = dynamic(() => import('./clear-dialog').then((module) => module.ClearDialog))

const tabs = { logs: 'Logs', tries: 'Tries', rendered: 'Rendered', pods: 'Pods' } as const
type Tab = keyof typeof tabs
const names = Object.keys(tabs) as Tab[]

type TaskSheetProps = { place: DagRunPlace; detail: DagRunDetail; task: string }

/** One task of the run; where it has several indexes, one of them. */
export function TaskSheet({ place, detail, task }: TaskSheetProps) {
  const { mapIndex, close } = useTaskPanel()
  const [clearing, setClearing] = useState(false)
  const mayNot = useAirflowRights(place.connection).whyNot('run.operate')
  const own = detail.tasks.filter((each) => each.task === task)
  const instance = own.find((each) => each.mapIndex === mapIndex) ?? own[0]
  return (
    <Sheet
      open
      onOpenChange={(next) => (next ? undefined : close())}
      size="xl"
      title={<span className="font-mono">{instance ? instanceName(instance) : task}</span>}
      description={instance?.operator ?? undefined}
      footer={
        <Button icon={<RotateCcw aria-hidden />} disabledReason={mayNot} onClick={() => setClearing(true)}>
          Clear from here
        </Button>
      }
    >
      {instance ? (
        <Instance key={instanceName(instance)} place={place} own={own} instance={instance} />
      ) : (
        <p className="text-sm text-muted">
          This run has no instance of it{detail.cut > 0 ? ' among those that are read' : ''}.
        </p>
      )}
      {clearing ? (
        <ClearDialog place={place} detail={detail} tasks={[task]} onClose={() => setClearing(false)} />
      ) : null}
    </Sheet>
  )
}

type InstanceProps = {
  place: DagRunPlace
  own: readonly TaskInstanceRow[]
  instance: TaskInstanceRow
}

function Instance({ place, own, instance }: InstanceProps) {
  const { tab: asked, setTab } = useTaskPanel()
  const tab = names.find((name) => name === asked) ?? 'logs'
  const contents: Record<Tab, () => ReactNode> = {
    logs: () => <TaskLogs place={place} instance={instance} />,
    tries: () => <TriesTab place={place} instance={instance} />,
    rendered: () => <RenderedTab place={place} instance={instance} />,
    pods: () => <PodsTab place={place} instance={instance} />,
  }
  return (
    <>
      <Head own={own} instance={instance} />
      {tab === 'pods' ? null : <PodHint place={place} instance={instance} onOpen={() => setTab('pods')} />}
      <Tabs
        label="About the task"
        value={tab}
        onValueChange={(next) => setTab(next === 'logs' ? null : next)}
        items={names.map((value) => ({
          value,
          label: tabs[value],
          content: value === tab ? contents[value]() : null,
        }))}
      />
    </>
  )
}

function Head({ own, instance }: Omit<InstanceProps, 'place'>) {
  const { open } = useTaskPanel()
  const { state, startedAt, endedAt, tryNumber } = instance
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3 text-sm">
      <AirflowStateMark state={state} variant="pill" />
      {startedAt === null ? null : (
        <span className="text-muted">
          {airflowState(state).terminal ? 'took' : 'for'} <Duration from={startedAt} to={endedAt} />
        </span>
      )}
      {tryNumber > 1 ? <span className="text-muted">try {tryNumber}</span> : null}
      {own.length > 1 ? (
        <Select
          label="Index"
          className="ml-auto w-52"
          value={String(instance.mapIndex)}
          options={own.map((each) => ({
            value: String(each.mapIndex),
            label: `Index ${each.mapIndex}, ${stateWord(each.state).toLowerCase()}`,
          }))}
          onValueChange={(value) => open(instance.task, Number(value), 'replace')}
        />
      ) : null}
    </div>
  )
}

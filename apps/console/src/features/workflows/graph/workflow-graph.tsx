'use client'

import type { GraphTask } from '@fairlead/contracts/workflow'
import { useCallback, useMemo } from 'react'
import { GraphCanvas } from './graph-canvas'
import type { NodeLook } from './graph-canvas-props'
import { layoutOf, type PlacedEdge, type PlacedNode } from './layout'
import { TaskList } from './task-list'
import { nodeSize, TaskNode } from './task-node'
import { titleOf, type GraphTaskState } from './task-text'

export type { GraphTaskState } from './task-text'

export type WorkflowGraphProps = {
  tasks: readonly GraphTask[]
  /** By task; without it the graph shows the definition alone. */
  states?: ReadonlyMap<string, GraphTaskState> | undefined
  /** In its order: only edges from one to the next are drawn strong. */
  criticalPath?: ReadonlySet<string> | undefined
  selected?: string | null | undefined
  onSelect?: ((id: string) => void) | undefined
  label?: string | undefined
  /** Gives it its height. */
  className?: string | undefined
}

/** A workflow's tasks, left to right. Import it lazily: pages open without it. */
export function WorkflowGraph(props: WorkflowGraphProps) {
  const { tasks, states, criticalPath, selected = null, onSelect, className = 'h-[28rem]' } = props
  const layout = useLayout(tasks)
  const byId = useMemo(() => new Map(tasks.map((task) => [task.id, task] as const)), [tasks])
  const drawNode = useCallback(
    (place: PlacedNode, look: NodeLook) => {
      const task = byId.get(place.id)
      return task ? (
        <TaskNode
          key={place.id}
          task={task}
          state={states?.get(place.id)}
          critical={criticalPath?.has(place.id) ?? false}
          place={place}
          look={look}
        />
      ) : null
    },
    [byId, states, criticalPath],
  )
  const strong = useMemo(() => {
    if (!criticalPath) return undefined
    const chain = [...criticalPath]
    const steps = new Set(chain.slice(1).map((to, index) => `${chain[index]}\n${to}`))
    return ({ from, to }: PlacedEdge) => steps.has(`${from}\n${to}`)
  }, [criticalPath])
  const describe = (id: string) => {
    const task = byId.get(id)
    return task ? titleOf(task, states?.get(id)) : ''
  }
  return (
    <GraphCanvas
      layout={layout}
      label={props.label ?? `Graph of ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`}
      drawNode={drawNode}
      describe={describe}
      strong={strong}
      selected={selected}
      onOpen={onSelect}
      list={(plain) => (
        <TaskList
          tasks={tasks}
          states={states}
          criticalPath={criticalPath}
          onSelect={onSelect}
          plain={plain}
        />
      )}
      className={className}
    />
  )
}

/** States change often, the shape seldom: the layout is kept by what it depends on. */
function useLayout(tasks: readonly GraphTask[]) {
  const shape = JSON.stringify(tasks.map(({ id, needs }) => [id, ...needs]))
  return useMemo(() => {
    const said = JSON.parse(shape) as string[][]
    return layoutOf(
      said.map(([id = '']) => ({ id, ...nodeSize })),
      said.flatMap(([to = '', ...needs]) => needs.map((from) => ({ from, to }))),
    )
  }, [shape])
}

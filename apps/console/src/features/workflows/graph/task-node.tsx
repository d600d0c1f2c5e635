'use client'

import type { GraphTask } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { toneFill, toneText } from '@fairlead/ui/tone'
import { memo } from 'react'
import { taskStateIcons } from '../states'
import type { NodeLook } from './graph-canvas-props'
import type { PlacedNode } from './layout'
import { taskKinds, shortSummary, titleOf, type GraphTaskState } from './task-text'

export const nodeSize = { width: 216, height: 56 } as const

type TaskNodeProps = {
  task: GraphTask
  state: GraphTaskState | undefined
  critical: boolean
  place: PlacedNode
  look: NodeLook
}

/** One task as SVG: icon, word and colour of its state, its name, what kind it is, where it runs. */
export const TaskNode = memo(function TaskNode({ task, state, critical, place, look }: TaskNodeProps) {
  const { width, height } = nodeSize
  const tone = state ? taskStates[state.state].tone : 'neutral'
  // From afar the colour must carry; the glyph on it tells the same by shape.
  const solid = state !== undefined && look.detail === 'mark' && !look.selected
  return (
    <g transform={`translate(${place.x} ${place.y})`} data-node={task.id} className="cursor-pointer">
      <title>{titleOf(task, state)}</title>
      {task.forEach ? (
        <rect x={5} y={5} width={width} height={height} rx={8} className="fill-surface stroke-line-strong" />
      ) : null}
      <rect
        width={width}
        height={height}
        rx={8}
        strokeWidth={look.selected || look.current ? 2 : critical ? 1.75 : 1}
        className={cn(
          look.selected ? 'fill-selected stroke-accent-text' : solid ? toneFill({ tone }) : 'fill-surface',
          look.selected
            ? ''
            : look.current
              ? 'stroke-accent-text'
              : critical
                ? 'stroke-fg'
                : 'stroke-line-strong',
        )}
      />
      {state ? (
        <rect x={0} y={10} width={3} height={height - 20} rx={1.5} className={toneFill({ tone })} />
      ) : null}
      {look.detail === 'full' ? (
        <Full task={task} state={state} />
      ) : look.detail === 'name' ? (
        <Named task={task} state={state} />
      ) : (
        <StateGlyph task={task} state={state} x={width / 2 - 18} y={10} size={36} onSolid={solid} />
      )}
    </g>
  )
}, alike)

function alike(one: TaskNodeProps, other: TaskNodeProps): boolean {
  return (
    one.task === other.task &&
    one.place === other.place &&
    one.critical === other.critical &&
    one.look.detail === other.look.detail &&
    one.look.current === other.look.current &&
    one.look.selected === other.look.selected &&
    one.state?.state === other.state?.state &&
    one.state?.note === other.state?.note &&
    one.state?.progress?.size === other.state?.progress?.size &&
    one.state?.progress?.succeeded === other.state?.progress?.succeeded &&
    one.state?.progress?.failed === other.state?.progress?.failed
  )
}

type PartProps = { task: GraphTask; state: GraphTaskState | undefined }

function Full({ task, state }: PartProps) {
  const Kind = taskKinds[task.kind].icon
  const progress = state?.progress
  const count = progress
    ? `${progress.succeeded + progress.failed}/${progress.size}`
    : task.forEach
      ? '× n'
      : null
  const line = state ? taskStates[state.state].word : shortSummary(task)
  const tag = task.cluster
  const tagRoom = tag === null ? 0 : Math.min(11, tag.length)
  const countRoom = count === null ? 0 : count.length + 2
  return (
    <>
      <StateGlyph task={task} state={state} x={12} y={11} size={15} />
      <text x={34} y={23} className="fill-fg font-mono text-xs font-medium">
        {cut(task.id, state ? 21 : 23)}
      </text>
      {state ? <Kind x={193} y={12} width={13} height={13} className="text-faint" /> : null}
      <text
        x={34}
        y={42}
        className={cn(
          'text-xs',
          state ? 'fill-current' : 'fill-muted',
          state && toneText({ tone: taskStates[state.state].tone }),
        )}
      >
        {cut(line, 29 - tagRoom - countRoom - (tag === null ? 0 : 2))}
        {count === null ? null : (
          <tspan className="fill-muted" dx={6}>
            {count}
          </tspan>
        )}
      </text>
      {tag === null ? null : (
        <text x={206} y={42} textAnchor="end" className="fill-muted text-2xs">
          {cut(tag, 11)}
        </text>
      )}
      {progress && progress.size > 0 ? <ProgressLine {...progress} /> : null}
    </>
  )
}

function Named({ task, state }: PartProps) {
  return (
    <>
      <StateGlyph task={task} state={state} x={12} y={14} size={28} />
      <text x={50} y={35} className="fill-fg font-mono text-xl font-medium">
        {cut(task.id, 13)}
      </text>
    </>
  )
}

type GlyphProps = PartProps & { x: number; y: number; size: number; onSolid?: boolean }

function StateGlyph({ task, state, x, y, size, onSolid = false }: GlyphProps) {
  const Icon = state ? taskStateIcons[state.state] : taskKinds[task.kind].icon
  const tone = state ? taskStates[state.state].tone : null
  return (
    <Icon
      x={x}
      y={y}
      width={size}
      height={size}
      className={cn(
        onSolid ? 'text-surface' : tone ? toneText({ tone }) : 'text-faint',
        tone === 'progress' && 'origin-center animate-[spin_3s_linear_infinite] [transform-box:fill-box]',
      )}
    />
  )
}

/** How far a fan-out is, along the foot of its box. */
function ProgressLine({ size, succeeded, failed }: NonNullable<GraphTaskState['progress']>) {
  const [from, room] = [34, nodeSize.width - 44]
  const [good, bad] = [(room * succeeded) / size, (room * failed) / size]
  return (
    <>
      <rect x={from} y={48} width={room} height={3} rx={1.5} className="fill-line" />
      {good > 0 ? (
        <rect x={from} y={48} width={good} height={3} rx={1.5} className={toneFill({ tone: 'ok' })} />
      ) : null}
      {bad > 0 ? (
        <rect
          x={from + good}
          y={48}
          width={bad}
          height={3}
          rx={1.5}
          className={toneFill({ tone: 'failing' })}
        />
      ) : null}
    </>
  )
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`

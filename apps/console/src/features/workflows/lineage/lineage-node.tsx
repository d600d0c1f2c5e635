'use client'

import { cn } from '@fairlead/ui/cn'
import { Container, Database } from 'lucide-react'
import type { NodeLook } from '../graph/graph-canvas-props'
import type { PlacedNode } from '../graph/layout'
import { datasetParts, nameOf, type LineageNode as Node } from './lineage-model'

export const lineageSize = { dataset: { width: 232, height: 48 }, task: { width: 208, height: 48 } } as const

/** A dataset has round ends, a task square ones; each has its icon. */
export function LineageNode({ node, place, look }: { node: Node; place: PlacedNode; look: NodeLook }) {
  const { width, height } = place
  const dataset = node.kind === 'dataset'
  const Icon = dataset ? Database : Container
  const lines = dataset ? datasetParts(node.name) : { title: node.task, place: node.workflow }
  const plain = look.detail !== 'full'
  return (
    <g transform={`translate(${place.x} ${place.y})`} data-node={node.id} className="cursor-pointer">
      <title>{`${dataset ? 'Dataset' : 'Task'}: ${nameOf(node)}`}</title>
      <rect
        width={width}
        height={height}
        rx={dataset ? height / 2 : 8}
        strokeWidth={look.selected || look.current ? 2 : 1}
        className={cn(
          look.selected ? 'fill-selected' : dataset ? 'fill-accent-soft' : 'fill-surface',
          look.selected || look.current ? 'stroke-accent-text' : 'stroke-line-strong',
        )}
      />
      <Icon
        x={plain ? 14 : 16}
        y={plain ? 10 : 16}
        width={plain ? 28 : 16}
        height={plain ? 28 : 16}
        className={dataset ? 'text-accent-text' : 'text-faint'}
      />
      {look.detail === 'mark' ? null : (
        <text
          x={plain ? 50 : 42}
          y={plain ? 31 : lines.place === '' ? 29 : 21}
          className={cn('fill-fg font-mono font-medium', plain ? 'text-lg' : 'text-xs')}
        >
          {cut(lines.title, plain ? 15 : dataset ? 23 : 20)}
        </text>
      )}
      {plain || lines.place === '' ? null : (
        <text x={42} y={37} className="fill-muted text-2xs">
          {cut(lines.place, dataset ? 29 : 25)}
        </text>
      )}
    </g>
  )
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`

'use client'

import { useCallback, useMemo } from 'react'
import { GraphCanvas } from '../graph/graph-canvas'
import type { NodeLook } from '../graph/graph-canvas-props'
import { layoutOf, type PlacedNode } from '../graph/layout'
import { nameOf, type Lineage } from './lineage-model'
import { LineageNode, lineageSize } from './lineage-node'

type LineageGraphProps = {
  lineage: Lineage
  selected: string | null
  onSelect: (id: string) => void
  className: string
}

export function LineageGraph({ lineage, selected, onSelect, className }: LineageGraphProps) {
  const { nodes, edges } = lineage
  const layout = useMemo(
    () =>
      layoutOf(
        nodes.map(({ id, kind }) => ({ id, ...lineageSize[kind] })),
        edges,
      ),
    [nodes, edges],
  )
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node] as const)), [nodes])
  const drawNode = useCallback(
    (place: PlacedNode, look: NodeLook) => {
      const node = byId.get(place.id)
      return node ? <LineageNode key={place.id} node={node} place={place} look={look} /> : null
    },
    [byId],
  )
  const describe = (id: string) => {
    const node = byId.get(id)
    return node ? `${node.kind === 'dataset' ? 'Dataset' : 'Task'} ${nameOf(node)}` : ''
  }
  return (
    <GraphCanvas
      layout={layout}
      label={`Lineage of ${nodes.length} datasets and tasks`}
      drawNode={drawNode}
      describe={describe}
      selected={selected}
      onOpen={onSelect}
      list={(plain) => (
        <ul className="divide-y divide-line text-sm">
          {edges.map(({ from, to }) => (
            <li key={`${from}\n${to}`} className="flex flex-wrap gap-x-2 px-3 py-1.5 font-mono text-xs">
              {plain ? (
                describe(from)
              ) : (
                <button type="button" className="rounded-sm hover:underline" onClick={() => onSelect(from)}>
                  {describe(from)}
                </button>
              )}
              <span className="text-muted">flows into</span>
              <span>{describe(to)}</span>
            </li>
          ))}
        </ul>
      )}
      className={className}
    />
  )
}

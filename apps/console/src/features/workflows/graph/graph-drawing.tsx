'use client'

import { cn } from '@fairlead/ui/cn'
import { memo, useMemo } from 'react'
import type { GraphCanvasProps } from './graph-canvas-props'
import type { PlacedEdge } from './layout'
import { meets, type Detail } from './view'

type DrawingProps = Pick<GraphCanvasProps, 'layout' | 'drawNode' | 'strong' | 'selected'> & {
  current: string | null
  detail: Detail
  x: number
  y: number
  width: number
  height: number
}

/** What stands in the region (x, y, width, height); drawn anew only when the region or the cursor changes. */
export const GraphDrawing = memo(function GraphDrawing(props: DrawingProps) {
  const { layout, drawNode, strong, selected = null, current, detail, x, y, width, height } = props
  const paths = useMemo(() => {
    const region = { x, y, width, height }
    const drawn = layout.edges.filter(({ box }) => meets(region, box))
    const near = drawn.filter(({ from, to }) => current !== null && (from === current || to === current))
    return {
      plain: joined(drawn),
      strong: strong ? joined(drawn.filter(strong)) : null,
      near: near.length > 0 ? joined(near) : null,
    }
  }, [layout, strong, current, x, y, width, height])
  const nodes = useMemo(() => {
    const region = { x, y, width, height }
    return [...layout.nodes.values()].filter((node) => meets(region, node))
  }, [layout, x, y, width, height])
  return (
    <>
      <Edges
        {...paths.plain}
        className="stroke-line-strong"
        fill="fill-line-strong"
        width={1.25}
        detail={detail}
      />
      {paths.strong ? (
        <Edges {...paths.strong} className="stroke-fg" fill="fill-fg" width={2.5} detail={detail} />
      ) : null}
      {paths.near ? (
        <Edges
          {...paths.near}
          className="stroke-accent-text"
          fill="fill-accent-text"
          width={1.75}
          detail={detail}
        />
      ) : null}
      {nodes.map((node) =>
        drawNode(node, { detail, current: node.id === current, selected: node.id === selected }),
      )}
    </>
  )
})

/** One path for all edges of a kind, one for their heads: a thousand elements fewer to paint. */
function joined(edges: readonly PlacedEdge[]): { lines: string; heads: string } {
  return {
    lines: edges.map(({ path }) => path).join(''),
    heads: edges.map(({ tip }) => `M${tip.x} ${tip.y}l-7 -3.5v7z`).join(''),
  }
}

type EdgesProps = {
  lines: string
  heads: string
  className: string
  fill: string
  width: number
  detail: Detail
}

function Edges({ lines, heads, className, fill, width, detail }: EdgesProps) {
  return (
    <>
      <path
        d={lines}
        className={cn('fill-none', className)}
        strokeWidth={detail === 'mark' ? width * 2 : width}
      />
      {detail === 'mark' ? null : <path d={heads} className={fill} />}
    </>
  )
}

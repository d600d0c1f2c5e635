import { layered, type Item, type LayoutEdge, type LayoutNode, type Route } from './layers'
import { untangle } from './order'
import { settle } from './positions'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type PlacedNode = Box & { readonly id: string; readonly layer: number; readonly order: number }
export type PlacedEdge = LayoutEdge & {
  readonly path: string
  readonly tip: { readonly x: number; readonly y: number }
  readonly box: Box
}
export type Layout = {
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, PlacedNode>
  readonly edges: readonly PlacedEdge[]
}

const columnGap = 52
const rowGap = 18

/** A layered drawing, left to right. Written here because a thousand tasks take general layouts seconds to minutes. */
export function layoutOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const { layers, items, routes } = layered(nodes, edges)
  untangle(layers)
  settle(layers, rowGap)
  const widthOf = new Map(nodes.map(({ id, width }) => [id, width]))
  const columns = columnsOf(layers, widthOf)
  const placed = new Map<string, PlacedNode>()
  for (const [id, item] of items) {
    const column = columns[item.layer] ?? { x: 0, width: 0 }
    const { layer, order, height } = item
    const y = Math.round(item.y - height / 2)
    placed.set(id, { id, layer, order, height, x: column.x, y, width: widthOf.get(id) ?? 0 })
  }
  const last = columns.at(-1)
  return {
    width: last ? last.x + last.width : 0,
    height: Math.max(0, ...[...placed.values()].map(({ y, height }) => y + height)),
    nodes: placed,
    edges: routes.map((route) => edgeOf(route, columns, widthOf)),
  }
}

type Column = { x: number; width: number }

function columnsOf(layers: readonly Item[][], widthOf: ReadonlyMap<string, number>): Column[] {
  let x = 0
  return layers.map((layer) => {
    const width = layer.reduce((most, { id }) => Math.max(most, id === null ? 0 : (widthOf.get(id) ?? 0)), 0)
    const column = { x, width }
    x += width + columnGap
    return column
  })
}

/** Curves between columns, straight across them. */
function edgeOf(
  { from, to, items }: Route,
  columns: readonly Column[],
  widthOf: ReadonlyMap<string, number>,
): PlacedEdge {
  const points = items.flatMap((item, index) => {
    const { x, width } = columns[item.layer] ?? { x: 0, width: 0 }
    const own = item.id === null ? width : (widthOf.get(item.id) ?? width)
    const y = Math.round(item.y)
    const enter = { x, y }
    const leave = { x: x + own, y }
    return index === 0 ? [leave] : index === items.length - 1 ? [enter] : [enter, leave]
  })
  const [start, ...rest] = points
  if (start === undefined)
    return { from, to, path: '', tip: { x: 0, y: 0 }, box: { x: 0, y: 0, width: 0, height: 0 } }
  let path = `M${start.x} ${start.y}`
  let at = start
  for (const point of rest) {
    const middle = Math.round((at.x + point.x) / 2)
    path += at.y === point.y ? `H${point.x}` : `C${middle} ${at.y} ${middle} ${point.y} ${point.x} ${point.y}`
    at = point
  }
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return {
    from,
    to,
    path,
    tip: at,
    box: { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top },
  }
}

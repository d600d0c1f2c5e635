import {
  networkLayers,
  type NetworkLink,
  type NetworkNode,
  type NetworkPath,
} from '@fairlead/contracts/network'

export const nodeSize = { width: 208, height: 56 } as const
const gap = { x: 88, y: 16 } as const
export const margin = 12
const heading = 24

export interface PlacedNode {
  readonly node: NetworkNode
  readonly x: number
  readonly y: number
}
export interface PlacedLink {
  readonly link: NetworkLink
  readonly path: string
  /** The middle, where a broken link carries its mark. */
  readonly x: number
  readonly y: number
}
export interface PathLayout {
  readonly width: number
  readonly height: number
  readonly columns: readonly { readonly layer: NetworkNode['layer']; readonly x: number }[]
  readonly nodes: readonly PlacedNode[]
  readonly links: readonly PlacedLink[]
}

/** One column per layer that there is; within it, nodes stand near what leads to them. Units are pixels. */
export function layoutPath({ nodes, links }: Pick<NetworkPath, 'nodes' | 'links'>): PathLayout {
  const layers = networkLayers.filter((layer) => nodes.some((node) => node.layer === layer))
  const columns = layers.map((layer) => orderedColumn(nodes, layer))
  const row = new Map<string, number>()
  for (const column of columns) {
    const wanted = column.map((node, index) => ({ node, at: meanRow(node, links, row) ?? index }))
    wanted.sort((left, right) => left.at - right.at)
    for (const [index, { node }] of wanted.entries()) row.set(node.id, index)
  }
  const tallest = Math.max(1, ...columns.map((column) => column.length))
  const height = margin * 2 + heading + tallest * nodeSize.height + (tallest - 1) * gap.y
  const placed = new Map<string, PlacedNode>()
  for (const [index, column] of columns.entries()) {
    const x = margin + index * (nodeSize.width + gap.x)
    for (const node of column)
      placed.set(node.id, {
        node,
        x,
        y: margin + heading + (row.get(node.id) ?? 0) * (nodeSize.height + gap.y),
      })
  }
  return {
    width: margin * 2 + layers.length * nodeSize.width + Math.max(0, layers.length - 1) * gap.x,
    height,
    columns: layers.map((layer, index) => ({ layer, x: margin + index * (nodeSize.width + gap.x) })),
    nodes: [...placed.values()],
    links: links.flatMap((link) => placeLink(link, placed)),
  }
}

const orderedColumn = (nodes: readonly NetworkNode[], layer: NetworkNode['layer']): readonly NetworkNode[] =>
  nodes.filter((node) => node.layer === layer)

function meanRow(
  node: NetworkNode,
  links: readonly NetworkLink[],
  row: ReadonlyMap<string, number>,
): number | undefined {
  const rows = links.flatMap(({ from, to }) => {
    const at = to === node.id ? row.get(from) : undefined
    return at === undefined ? [] : [at]
  })
  return rows.length === 0 ? undefined : rows.reduce((sum, each) => sum + each, 0) / rows.length
}

function placeLink(link: NetworkLink, placed: ReadonlyMap<string, PlacedNode>): readonly PlacedLink[] {
  const [from, to] = [placed.get(link.from), placed.get(link.to)]
  if (from === undefined || to === undefined) return []
  const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 }
  const end = { x: to.x, y: to.y + nodeSize.height / 2 }
  const middle = (start.x + end.x) / 2
  return [
    {
      link,
      path: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x - 6} ${end.y}`,
      x: middle,
      y: (start.y + end.y) / 2,
    },
  ]
}

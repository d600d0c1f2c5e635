/** What the layout is told: boxes, and which must stand left of which. */
export type LayoutNode = { readonly id: string; readonly width: number; readonly height: number }
export type LayoutEdge = { readonly from: string; readonly to: string }

/** A box, or a bend of an edge that passes through a layer without stopping there. */
export type Item = {
  readonly id: string | null
  readonly layer: number
  readonly height: number
  readonly before: Item[]
  readonly after: Item[]
  order: number
  /** The middle. */
  y: number
}

export type Route = { readonly from: string; readonly to: string; readonly items: readonly Item[] }
export type Layers = {
  readonly layers: Item[][]
  readonly items: ReadonlyMap<string, Item>
  readonly routes: readonly Route[]
}

/** Beyond so many bends in all, edges that skip many layers run straight: order there is lost anyhow. */
const mostBends = 12_000
const longEdge = 6
const bendHeight = 10

/** Puts each node right of everything it needs. A cycle (a document with an error) is cut where it closes. */
export function layered(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layers {
  const known = edges.filter(unique(new Set(nodes.map(({ id }) => id))))
  const layerOf = ranks(nodes, known)
  const layers: Item[][] = []
  const place = (id: string | null, layer: number, height: number): Item => {
    const row = (layers[layer] ??= [])
    const item: Item = { id, layer, height, before: [], after: [], order: row.length, y: 0 }
    row.push(item)
    return item
  }
  const items = new Map(nodes.map(({ id, height }) => [id, place(id, layerOf.get(id) ?? 0, height)] as const))
  const span = ({ from, to }: LayoutEdge) => (layerOf.get(to) ?? 0) - (layerOf.get(from) ?? 0)
  const bends = known.reduce((sum, edge) => sum + Math.max(0, span(edge) - 1), 0)
  const routes = known.flatMap(({ from, to }) => {
    const [start, end] = [items.get(from), items.get(to)]
    if (start === undefined || end === undefined) return []
    const length = span({ from, to })
    if (length < 1 || (bends > mostBends && length > longEdge)) return [{ from, to, items: [start, end] }]
    const chain = [start]
    for (let step = 1; step < length; step += 1) chain.push(place(null, start.layer + step, bendHeight))
    chain.push(end)
    chain.forEach((item, index) => {
      const next = chain[index + 1]
      if (next === undefined) return
      item.after.push(next)
      next.before.push(item)
    })
    return [{ from, to, items: chain }]
  })
  return { layers, items, routes }
}

/** Both ends exist, they differ, and the same edge isn't said twice. */
function unique(ids: ReadonlySet<string>): (edge: LayoutEdge) => boolean {
  const seen = new Set<string>()
  return ({ from, to }) => {
    const key = `${from}\n${to}`
    if (from === to || !ids.has(from) || !ids.has(to) || seen.has(key)) return false
    seen.add(key)
    return true
  }
}

function ranks(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> {
  const after = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  const open = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  for (const { from, to } of edges) {
    after.get(from)?.push(to)
    open.set(to, (open.get(to) ?? 0) + 1)
  }
  const rank = new Map<string, number>()
  const done = new Set<string>()
  const settle = (first: string) => {
    const queue = [first]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      done.add(id)
      const next = (rank.get(id) ?? 0) + 1
      for (const to of after.get(id) ?? []) {
        if (done.has(to)) continue
        rank.set(to, Math.max(rank.get(to) ?? 0, next))
        const left = (open.get(to) ?? 0) - 1
        open.set(to, left)
        if (left === 0) queue.push(to)
      }
    }
  }
  const roots = nodes.filter(({ id }) => open.get(id) === 0)
  for (const { id } of roots) settle(id)
  for (const { id } of nodes) if (!done.has(id)) settle(id)
  return rank
}

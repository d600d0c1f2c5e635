import type { Item } from './layers'

const sweeps = 12

/** Orders each layer so that few edges cross: by the middle of the neighbours, to and fro; the best order stays. */
export function untangle(layers: readonly Item[][]): void {
  let best = remembered(layers)
  let fewest = crossings(layers)
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const forward = sweep % 2 === 0
    const walk = forward ? layers : layers.toReversed()
    for (const layer of walk) sortBy(layer, (item) => (forward ? item.before : item.after))
    const now = crossings(layers)
    if (now >= fewest) continue
    fewest = now
    best = remembered(layers)
  }
  layers.forEach((layer, index) => {
    layer.splice(0, layer.length, ...(best[index] ?? []))
    numbered(layer)
  })
}

const remembered = (layers: readonly Item[][]): Item[][] => layers.map((layer) => [...layer])

const numbered = (layer: readonly Item[]) => {
  layer.forEach((item, index) => {
    item.order = index
  })
}

function sortBy(layer: Item[], neighbours: (item: Item) => readonly Item[]): void {
  const wanted = new Map(
    layer.map((item) => {
      const beside = neighbours(item)
      const middle =
        beside.length === 0 ? item.order : beside.reduce((sum, { order }) => sum + order, 0) / beside.length
      return [item, middle] as const
    }),
  )
  layer.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0) || one.order - other.order)
  numbered(layer)
}

/** Pairs of edges between neighbouring layers that cross, counted with a binary indexed tree. */
export function crossings(layers: readonly (readonly Item[])[]): number {
  let total = 0
  layers.forEach((layer, index) => {
    const next = layers[index + 1]
    if (next === undefined) return
    const tree = new Uint32Array(next.length + 1)
    let seen = 0
    for (const item of layer) {
      const ends = item.after.map(({ order }) => order)
      for (const end of ends) total += seen - countUpTo(tree, end + 1)
      for (const end of ends) add(tree, end + 1)
      seen += ends.length
    }
  })
  return total
}

function add(tree: Uint32Array, from: number): void {
  for (let at = from; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1
}

function countUpTo(tree: Uint32Array, upTo: number): number {
  let sum = 0
  for (let at = upTo; at > 0; at -= at & -at) sum += tree[at] ?? 0
  return sum
}

import type { Item } from './layers'

const passes = 6
/** A bend pulls harder than a box: long edges then run straight. */
const bendWeight = 4

/** Gives each item its height on the canvas: as near to its neighbours as the order and the gaps allow. */
export function settle(layers: readonly (readonly Item[])[], gap: number): void {
  for (const layer of layers) stack(layer, gap)
  for (let pass = 0; pass < passes; pass += 1) {
    const forward = pass % 2 === 0
    const walk = forward ? layers : layers.toReversed()
    for (const layer of walk) near(layer, gap, forward ? 'before' : 'after')
  }
  const top = Math.min(0, ...layers.map(([first]) => (first ? first.y - first.height / 2 : 0)))
  for (const layer of layers) for (const item of layer) item.y -= top
}

function stack(layer: readonly Item[], gap: number): void {
  let bottom = 0
  for (const item of layer) {
    item.y = bottom + item.height / 2
    bottom += item.height + gap
  }
}

type Block = { middle: number; weight: number; items: Item[]; offsets: number[]; length: number }

/** Least squares under the gaps: neighbours that would overlap join into a block that moves as one. */
function near(layer: readonly Item[], gap: number, side: 'before' | 'after'): void {
  const blocks: Block[] = []
  let from = 0
  for (const item of layer) {
    const offset = from + item.height / 2
    from += item.height + gap
    const weight = item.id === null ? bendWeight : 1
    let block: Block = {
      middle: wanted(item, side) - offset,
      weight,
      items: [item],
      offsets: [offset],
      length: 1,
    }
    for (let last = blocks.at(-1); last && last.middle >= block.middle; last = blocks.at(-1)) {
      blocks.pop()
      const sum = last.weight + block.weight
      block = {
        middle: (last.middle * last.weight + block.middle * block.weight) / sum,
        weight: sum,
        items: appended(last.items, block.items),
        offsets: appended(last.offsets, block.offsets),
        length: last.length + block.length,
      }
    }
    blocks.push(block)
  }
  for (const { middle, items, offsets } of blocks)
    items.forEach((item, index) => {
      item.y = middle + (offsets[index] ?? 0)
    })
}

function appended<Value>(to: Value[], more: readonly Value[]): Value[] {
  for (const each of more) to.push(each)
  return to
}

function wanted(item: Item, side: 'before' | 'after'): number {
  const beside = item[side].length > 0 ? item[side] : item[side === 'before' ? 'after' : 'before']
  if (beside.length === 0) return item.y
  const sorted = beside.map(({ y }) => y).sort((one, other) => one - other)
  const half = sorted.length >> 1
  const [low, high] = [sorted[half - 1] ?? 0, sorted[half] ?? 0]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

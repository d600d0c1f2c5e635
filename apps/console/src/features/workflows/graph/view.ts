import type { Box, Layout, PlacedNode } from './layout'

/** What of the drawing is seen: a point of it at (0, 0) stands at (x, y), k times as large. */
export type View = { readonly x: number; readonly y: number; readonly k: number }
export type Size = { readonly width: number; readonly height: number }
/** How much a node says: all, its name and state, or its state alone. */
export type Detail = 'full' | 'name' | 'mark'

const margin = 24
const smallest = 0.04
const largest = 2
/** Smaller than this nothing is read: a large graph opens at its beginning instead of whole. */
const readable = 0.5

export const detailOf = (k: number): Detail => (k >= 0.6 ? 'full' : k >= 0.26 ? 'name' : 'mark')

/** All of it, never enlarged. */
export function fitted(layout: Size, size: Size): View {
  const k = Math.max(
    smallest,
    Math.min(
      1,
      (size.width - 2 * margin) / Math.max(1, layout.width),
      (size.height - 2 * margin) / Math.max(1, layout.height),
    ),
  )
  return { k, x: (size.width - layout.width * k) / 2, y: (size.height - layout.height * k) / 2 }
}

/** The first look: all of it while it can be read, else where it begins. */
export function opening(layout: Layout, size: Size): View {
  const whole = fitted(layout, size)
  if (whole.k >= readable) return whole
  const k = readable
  const roots = [...layout.nodes.values()].filter(({ layer }) => layer === 0)
  const middle = roots.reduce((sum, { y, height }) => sum + y + height / 2, 0) / Math.max(1, roots.length)
  const [width, height] = [layout.width * k, layout.height * k]
  return {
    k,
    x: width <= size.width ? (size.width - width) / 2 : margin,
    y:
      height <= size.height - 2 * margin
        ? (size.height - height) / 2
        : Math.min(margin, Math.max(size.height - height - margin, size.height / 2 - middle * k)),
  }
}

/** Larger or smaller, with the point under the pointer staying where it is. */
export function zoomed(view: View, factor: number, at: { x: number; y: number }): View {
  const k = Math.min(largest, Math.max(smallest, view.k * factor))
  const by = k / view.k
  return { k, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }
}

/** Moved only as far as needed for this node to be seen. */
export function revealing(view: View, node: Box, size: Size): View {
  const shift = (from: number, length: number, room: number) => {
    if (from < margin) return margin - from
    const over = from + length - (room - margin)
    return over > 0 ? -Math.min(over, from - margin) : 0
  }
  return {
    k: view.k,
    x: view.x + shift(node.x * view.k + view.x, node.width * view.k, size.width),
    y: view.y + shift(node.y * view.k + view.y, node.height * view.k, size.height),
  }
}

/** At least a piece of the drawing stays in sight. */
export function held(view: View, layout: Size, size: Size): View {
  const keep = 80
  const clamp = (at: number, length: number, room: number) =>
    Math.min(room - keep, Math.max(keep - length, at))
  return {
    k: view.k,
    x: clamp(view.x, layout.width * view.k, size.width),
    y: clamp(view.y, layout.height * view.k, size.height),
  }
}

/** The part of the drawing to draw: what is seen and some around it, in steps, so that panning seldom changes it. */
export function regionOf(view: View, size: Size): Box {
  const step = 320 / view.k
  const down = (at: number) => Math.floor(at / step - 0.5) * step
  const up = (at: number) => Math.ceil(at / step + 0.5) * step
  const [x, y] = [down(-view.x / view.k), down(-view.y / view.k)]
  return {
    x,
    y,
    width: up((size.width - view.x) / view.k) - x,
    height: up((size.height - view.y) / view.k) - y,
  }
}

export const meets = (one: Box, other: Box): boolean =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height

export type Step = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** Where an arrow leads: along an edge to the nearest neighbour, or to the next node of the column. */
export function stepped(layout: Layout, from: string | null, step: Step): string | null {
  const node = from === null ? undefined : layout.nodes.get(from)
  if (node === undefined) return first(layout)?.id ?? null
  const along =
    step === 'ArrowRight'
      ? layout.edges.filter((edge) => edge.from === node.id).map(({ to }) => to)
      : step === 'ArrowLeft'
        ? layout.edges.filter((edge) => edge.to === node.id).map((edge) => edge.from)
        : null
  if (along !== null) return nearest(layout, along, node)?.id ?? node.id
  const below = step === 'ArrowDown'
  const column = [...layout.nodes.values()].filter(
    ({ layer, y, id }) => layer === node.layer && id !== node.id && (below ? y > node.y : y < node.y),
  )
  return (
    nearest(
      layout,
      column.map(({ id }) => id),
      node,
    )?.id ?? node.id
  )
}

const first = (layout: Layout): PlacedNode | undefined =>
  [...layout.nodes.values()].sort((one, other) => one.layer - other.layer || one.y - other.y)[0]

const nearest = (layout: Layout, ids: readonly string[], to: PlacedNode): PlacedNode | undefined =>
  ids
    .flatMap((id) => layout.nodes.get(id) ?? [])
    .sort((one, other) => Math.abs(one.y - to.y) - Math.abs(other.y - to.y) || one.y - other.y)[0]

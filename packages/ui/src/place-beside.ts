export type Side = 'top' | 'bottom' | 'left' | 'right'
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Where = { readonly side: Side; readonly width: number; readonly height: number }

const gap = 6
const margin = 8
const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

/** Left and top of a bubble beside its anchor: on the other side where it does not fit, never outside the window. */
export function placeBeside(anchor: Box, bubble: Box, { side, width, height }: Where) {
  const fits = (place: { left: number; top: number }) =>
    place.left >= 0 &&
    place.top >= 0 &&
    place.left + bubble.width <= width &&
    place.top + bubble.height <= height
  const wanted = at(side, anchor, bubble)
  const other = at(opposite[side], anchor, bubble)
  const vertical = side === 'top' || side === 'bottom'
  const fitsThere = (place: { left: number; top: number }) =>
    vertical ? fits({ ...place, left: 0 }) : fits({ ...place, top: 0 })
  const place = fitsThere(wanted) || !fitsThere(other) ? wanted : other
  const clamp = (value: number, most: number) => Math.max(margin, Math.min(value, most - margin))
  return {
    left: Math.round(clamp(place.left, width - bubble.width)),
    top: Math.round(clamp(place.top, height - bubble.height)),
  }
}

function at(side: Side, anchor: Box, bubble: Box): { left: number; top: number } {
  const left = anchor.left + (anchor.width - bubble.width) / 2
  const top = anchor.top + (anchor.height - bubble.height) / 2
  if (side === 'top') return { left, top: anchor.top - bubble.height - gap }
  if (side === 'bottom') return { left, top: anchor.top + anchor.height + gap }
  if (side === 'left') return { left: anchor.left - bubble.width - gap, top }
  return { left: anchor.left + anchor.width + gap, top }
}

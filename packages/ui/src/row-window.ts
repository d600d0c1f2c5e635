type Sight = { readonly scrollTop: number; readonly height: number; readonly rowHeight: number }

/** Drawn beyond both edges, so that a flick of the wheel meets rows that are there. */
const beyond = 12
/** The window moves by as many rows at once: scrolling within them draws nothing anew. */
const step = 4

export function rowsInSight({ scrollTop, height, rowHeight }: Sight): { first: number; end: number } {
  const top = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond)
  const first = top - (top % step)
  const rows = Math.ceil(height / rowHeight) + 2 * beyond + step
  return { first, end: first + rows }
}

/** Where to scroll so that the row is wholly in sight below a header of one row; where it is, if it already is. */
export function scrollToReveal(index: number, { scrollTop, height, rowHeight }: Sight): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  // The header stands above the first row and covers a row's height of what is scrolled.
  const bottom = top + 2 * rowHeight
  return bottom > scrollTop + height ? bottom - height : scrollTop
}

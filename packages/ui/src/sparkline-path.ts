export type Box = { width: number; height: number }

/**
 * One SVG path per unbroken stretch of values. A null is a gap and stays a gap: nothing is drawn across it.
 * The y axis runs from zero (or the lowest value, if below zero) to the highest.
 */
export function sparklinePaths(values: readonly (number | null)[], { width, height }: Box): string[] {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return []
  const low = Math.min(0, ...known)
  const span = Math.max(...known) - low || 1
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const paths: string[] = []
  let path = ''
  for (const [index, value] of values.entries()) {
    if (value === null) {
      if (path) paths.push(path)
      path = ''
      continue
    }
    const x = round(index * step)
    const y = round(height - ((value - low) / span) * height)
    path += path ? `L${x} ${y}` : `M${x} ${y}`
  }
  if (path) paths.push(path)
  // A lone value between two gaps would be invisible as a path: give it a pixel of length.
  return paths.map((each) => (each.includes('L') ? each : `${each}h1`))
}

const round = (value: number) => Math.round(value * 100) / 100

import { shareAt, type Span } from './gantt-scale'

export type GanttGeometry = {
  readonly domain: Span
  readonly now: number
  /** Pixels: of the whole drawing, of what the domain takes of it, and of the names before it. */
  readonly width: number
  readonly plot: number
  readonly labelWidth: number
  /** Pixels at least between two ticks. */
  readonly apart: number
}

export const xOf = ({ domain, plot }: GanttGeometry, at: number): number => shareAt(domain, at) * plot

import { cn } from './cn'
import { sparklinePaths } from './sparkline-path'

export type SparklineProps = {
  /** Evenly spaced; null is a gap. */
  values: readonly (number | null)[]
  /** Says what and over which time: "CPU, last hour". */
  label: string
  unit?: string | undefined
  width?: number | undefined
  height?: number | undefined
  className?: string | undefined
}

export function Sparkline({ values, label, unit = '', width = 96, height = 24, className }: SparklineProps) {
  const paths = sparklinePaths(values, { width: width - 4, height: height - 4 })
  const last = values.at(-1)
  const said = `${label}: ${last === null || last === undefined ? 'now unknown' : `now ${last}${unit}`}`
  return (
    <svg
      role="img"
      aria-label={said}
      width={width}
      height={height}
      viewBox={`-2 -2 ${width} ${height}`}
      className={cn('inline-block shrink-0 align-middle text-accent-text', className)}
    >
      <title>{said}</title>
      <line x1="0" x2={width - 4} y1={height - 4} y2={height - 4} className="stroke-line" />
      {paths.map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
    </svg>
  )
}

import { exactText } from '@fairlead/ui/time-text'
import { xOf, type GanttGeometry } from './gantt-geometry'
import { ticksOf } from './gantt-scale'

/** Elapsed time with its units; the moment at which it begins stands before it. */
export function GanttAxis({ geometry }: { geometry: GanttGeometry }) {
  const { domain, width, plot, labelWidth, apart } = geometry
  return (
    <div className="sticky top-0 z-20 flex border-b border-line bg-surface">
      <div className="sticky left-0 z-10 shrink-0 border-r border-line bg-surface">
        <svg aria-hidden width={labelWidth} height="0" className="block" />
        <p
          className="flex h-8 items-center truncate px-3 text-xs text-muted"
          title={`The axis begins at ${exactText(new Date(domain.from))}`}
          suppressHydrationWarning
        >
          since {exactText(new Date(domain.from)).slice(11)}
        </p>
      </div>
      <svg
        role="img"
        aria-label={`Elapsed time since ${exactText(new Date(domain.from))}`}
        width={width}
        height="32"
        className="block shrink-0"
      >
        {ticksOf(domain, { width: plot, apart }).map(({ at, label }) => (
          <text key={at} x={xOf(geometry, at) + 4} y="20" className="fill-muted text-2xs">
            {label}
          </text>
        ))}
      </svg>
    </div>
  )
}

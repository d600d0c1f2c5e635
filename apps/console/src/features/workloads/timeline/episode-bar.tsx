import {
  episodeStageNames,
  type EpisodeSegment,
  type EpisodeTimeline,
} from '@fairlead/contracts/reconciliation'
import { durationText } from '@fairlead/ui/time-text'
import { useId } from 'react'
import { stageWords } from './stage-words'

const height = 14

const lasted = ({ from, to }: EpisodeSegment): number => Date.parse(to) - Date.parse(from)

const wordOf = ({ stage }: EpisodeSegment): string =>
  stage === null
    ? 'not known'
    : stage === 'converged'
      ? 'until converged'
      : `until ${stageWords[stage].toLowerCase()}`

const spoken = (segment: EpisodeSegment): string => `${wordOf(segment)} ${durationText(lasted(segment))}`

/** Later stages are drawn stronger; what is not known is hatched, and never filled from what lies beside it. */
function strength({ stage }: EpisodeSegment): number {
  if (stage === null || stage === 'converged') return 1
  return 0.4 + (0.6 * episodeStageNames.indexOf(stage)) / (episodeStageNames.length - 1)
}

const inkOf = (segment: EpisodeSegment, hatch: string) =>
  segment.stage === null
    ? { fill: `url(#${hatch})` }
    : {
        className: segment.stage === 'converged' ? 'fill-ok-solid' : 'fill-progress-solid',
        fillOpacity: strength(segment),
      }

/** One episode to scale: what was being waited for, stretch by stretch. */
export function EpisodeBar({ episode: { segments } }: { episode: EpisodeTimeline }) {
  const hatch = useId()
  const whole = segments.reduce((sum, segment) => sum + lasted(segment), 0)
  const parts = segments.map((segment, index) => {
    const before = segments.slice(0, index).reduce((sum, other) => sum + lasted(other), 0)
    return { segment, x: before / whole, width: lasted(segment) / whole }
  })
  return (
    <svg
      role="img"
      aria-label={whole === 0 ? 'over within a moment' : segments.map(spoken).join(', ')}
      width="100%"
      height={height}
      className="block"
    >
      <Hatch id={hatch} />
      <rect width="100%" height={height} rx="2" className="fill-sunken" />
      {parts.map(({ segment, x, width }) => (
        <rect
          key={segment.from}
          x={`${x * 100}%`}
          width={`${width * 100}%`}
          height={height}
          {...inkOf(segment, hatch)}
        >
          <title>{spoken(segment)}</title>
        </rect>
      ))}
    </svg>
  )
}

/** The same in words, for whom colours do not tell apart and fingers do not hover. */
export function EpisodeLegend({ episode: { segments } }: { episode: EpisodeTimeline }) {
  if (segments.length === 0) return null
  return (
    <ol aria-label="Stretches" className="mt-2 mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {segments.map((segment) => (
        <li key={segment.from} className="inline-flex items-center gap-1.5">
          <Swatch segment={segment} />
          {spoken(segment)}
        </li>
      ))}
    </ol>
  )
}

function Swatch({ segment }: { segment: EpisodeSegment }) {
  const hatch = useId()
  return (
    <svg aria-hidden width="10" height="10" className="shrink-0">
      <Hatch id={hatch} />
      <rect width="10" height="10" rx="2" {...inkOf(segment, hatch)} />
    </svg>
  )
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-sunken" />
        <rect width="2" height="6" className="fill-unknown-solid" />
      </pattern>
    </defs>
  )
}

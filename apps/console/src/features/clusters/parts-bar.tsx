import { cn } from '@fairlead/ui/cn'
import { toneFill, toneText, type Tone } from '@fairlead/ui/tone'
import { countText } from './quantity'

export type Part = { word: string; count: number; tone: Tone }
type PartsBarProps = {
  label: string
  parts: readonly Part[]
  /** The source is not heard lately: nothing may look fine. */
  stale?: boolean | undefined
  hideWords?: boolean | undefined
  className?: string | undefined
}

/** A whole and what its parts are in, drawn to scale and said in words. */
export function PartsBar({ label, parts, stale, hideWords, className }: PartsBarProps) {
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const said = parts.filter(({ count }) => count > 0).map(({ word, count }) => `${countText(count)} ${word}`)
  let start = 0
  return (
    <div className={cn('min-w-0 text-xs', className)} title={`${label}: ${said.join(', ') || 'none'}`}>
      <svg
        role="img"
        aria-label={`${label}: ${said.join(', ') || 'none'}`}
        width="100%"
        height="6"
        className="block"
      >
        <rect width="100%" height="6" rx="1" className="fill-line" />
        {parts.map((part) => {
          if (part.count === 0) return null
          const x = `${(start / total) * 100}%`
          start += part.count
          return (
            <rect
              key={part.word}
              x={x}
              width={`${(part.count / total) * 100}%`}
              height="6"
              className={cn('stroke-surface', toneFill({ tone: stale ? 'unknown' : part.tone }))}
              strokeWidth="1"
            />
          )
        })}
      </svg>
      {hideWords ? null : (
        <p className="mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5">
          {parts.map((part, index) =>
            part.count > 0 || index === 0 ? (
              <span key={part.word} className="whitespace-nowrap">
                <span
                  className={cn('font-medium', part.count > 0 && !stale && toneText({ tone: part.tone }))}
                >
                  {countText(part.count)}
                </span>{' '}
                <span className="text-muted">{part.word}</span>
              </span>
            ) : null,
          )}
        </p>
      )}
    </div>
  )
}

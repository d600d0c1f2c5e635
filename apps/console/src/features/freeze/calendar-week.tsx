import { cn } from '@fairlead/ui/cn'
import { Ban, CheckCheck, Clock3 } from 'lucide-react'
import { modeWords, timeIn } from './freeze-words'
import type { Bar, Week } from './week-layout'

const laneHeight = 26

type CalendarWeekProps = { week: Week; zone: string; now: number }

/** Seven days side by side with the windows that last in them, those that overlap below each other. */
export function CalendarWeek({ week, zone, now }: CalendarWeekProps) {
  const { days, bars, lanes } = week
  const [from = 0, to = 1] = [days[0], days.at(-1)]
  const at = (now - from) / (to - from)
  return (
    <li className="min-w-0">
      <div aria-hidden className="grid grid-cols-7 text-xs text-muted">
        {days.slice(0, 7).map((day) => (
          <span
            key={day}
            className="truncate border-l border-line px-1.5 first:border-l-0"
            suppressHydrationWarning
          >
            {dayText(day, zone)}
          </span>
        ))}
      </div>
      <div className="relative mt-1 rounded-md bg-sunken" style={{ height: lanes * laneHeight + 6 }}>
        <div aria-hidden className="absolute inset-0 grid grid-cols-7">
          {days.slice(0, 7).map((day) => (
            <span key={day} className="border-l border-line first:border-l-0" />
          ))}
        </div>
        <ul aria-label={`Windows in the week of ${dayText(from, zone)}`}>
          {bars.map((bar) => (
            <WindowBar key={`${bar.span.window} ${bar.span.from}`} bar={bar} zone={zone} />
          ))}
        </ul>
        {at >= 0 && at < 1 ? (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-accent"
            style={{ left: `${at * 100}%` }}
            suppressHydrationWarning
          />
        ) : null}
      </div>
      <Notes bars={bars} />
    </li>
  )
}

function WindowBar({ bar, zone }: { bar: Bar; zone: string }) {
  const { span, left, width, lane } = bar
  const Icon = span.mode === 'deny' ? Ban : CheckCheck
  const here = `${timeIn(zone, span.from)} to ${timeIn(zone, span.until)} (${zone})`
  const there = `${span.fromLocal} to ${span.untilLocal} (${span.timezone})`
  return (
    <li
      className={cn(
        'absolute flex items-center gap-1 overflow-hidden rounded-sm border px-1 text-xs',
        span.mode === 'deny'
          ? 'border-fail-solid/50 bg-fail-soft text-fail'
          : 'border-ok-solid/50 bg-ok-soft text-ok',
      )}
      style={{
        left: `${left * 100}%`,
        width: `${width * 100}%`,
        top: 3 + lane * laneHeight,
        height: laneHeight - 4,
      }}
      title={`${span.window}: ${span.reason}\n${here}\n${there}`}
      suppressHydrationWarning
    >
      <Icon aria-hidden className="size-3 shrink-0" />
      <span className="truncate font-medium">{span.window}</span>
      <span className="sr-only">
        {modeWords[span.mode].word.toLowerCase()}, {here}; {there}. {span.reason}
      </span>
    </li>
  )
}

/** What a change of the clock does: never only a colour. */
function Notes({ bars }: { bars: readonly Bar[] }) {
  const noted = bars.filter(({ span }) => span.note !== null)
  if (noted.length === 0) return null
  return (
    <ul className="mt-1 space-y-0.5 text-xs text-progress">
      {noted.map(({ span }) => (
        <li key={`${span.window} ${span.from}`} className="flex items-start gap-1.5">
          <Clock3 aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>
            {span.window}, {span.fromLocal} to {span.untilLocal}: {span.note}
          </span>
        </li>
      ))}
    </ul>
  )
}

const dayText = (day: number, zone: string): string =>
  new Date(day).toLocaleDateString('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })

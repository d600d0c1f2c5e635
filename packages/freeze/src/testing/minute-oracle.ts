/** What windows mean, worked out the slow way: the clock on the wall is read from Intl for each minute, nothing is computed. */
export interface SampledWindow {
  readonly mode: 'deny' | 'allow'
  /** One minute of one hour of some days (nominal), or one minute of every hour (the real clock). */
  readonly minute: number
  readonly hour: number | null
  /** 0 is Sunday; null: every day. */
  readonly weekday: number | null
  readonly minutes: number
}

export const cronOf = ({ minute, hour, weekday }: SampledWindow): string =>
  `${minute} ${hour ?? '*'} * * ${weekday ?? '*'}`

export interface Era {
  readonly zone: string
  readonly start: number
  /** Of each minute: what the clock on the wall shows, in minutes since 1970 if it stood in UTC. */
  readonly walls: readonly number[]
}

export const minuteMs = 60_000
const dayMinutes = 1_440

export function era(zone: string, start: string, days: number): Era {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const from = Date.parse(start)
  const walls = Array.from({ length: days * dayMinutes }, (_, index) => {
    const parts = new Map(
      format.formatToParts(from + index * minuteMs).map(({ type, value }) => [type, Number(value)]),
    )
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / minuteMs
  })
  return { zone, start: from, walls }
}

const weekdayOf = (wall: number): number => new Date(wall * minuteMs).getUTCDay()

/** Indices of the minutes in which the window begins. */
function startsOf({ walls }: Era, window: SampledWindow): number[] {
  const { minute, hour, weekday } = window
  const fits = (wall: number): boolean => weekday === null || weekdayOf(wall) === weekday
  if (hour === null)
    return walls.flatMap((wall, index) => (wall % 60 === minute && fits(wall) ? [index] : []))
  const days = new Set(walls.map((wall) => Math.floor(wall / dayMinutes)))
  return [...days].flatMap((day) => {
    const wanted = day * dayMinutes + hour * 60 + minute
    // The first minute at which the clock shows it or later.
    const index = fits(wanted) ? walls.findIndex((wall) => wall >= wanted) : -1
    return index > 0 ? [index] : []
  })
}

/** Of each minute of the era: whether it is open. All that allows is one group. */
export function openMinutes(era: Era, windows: readonly SampledWindow[]): readonly boolean[] {
  const lasting = (mode: SampledWindow['mode']): boolean[] => {
    const found = era.walls.map(() => false)
    for (const window of windows.filter((one) => one.mode === mode))
      for (const start of startsOf(era, window))
        for (let at = start; at < Math.min(start + window.minutes, found.length); at++) found[at] = true
    return found
  }
  const [denied, allowed] = [lasting('deny'), lasting('allow')]
  const anyAllows = windows.some(({ mode }) => mode === 'allow')
  return era.walls.map((_, index) => denied[index] !== true && (!anyAllows || allowed[index] === true))
}

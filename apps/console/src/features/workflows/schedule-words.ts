const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** A cron line as people say it; what has no short saying stays as it is written. */
export function scheduleWords(cron: string): string {
  const fields = (named[cron.trim()] ?? cron).trim().split(/\s+/)
  if (fields.length !== 5) return cron
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const time = timeWords(minute, hour)
  const date = dateWords(day, month, weekday)
  if (time === null || date === null) return cron
  if (!time.at) return date === '' ? time.words : `${time.words}, ${date.toLowerCase()}`
  return date === '' ? `Every day at ${time.words}` : `${date} at ${time.words}`
}

const isNumber = (text: string): boolean => /^\d+$/.test(text)
const two = (text: string): string => text.padStart(2, '0')
const everyOf = (field: string): number | null => {
  const match = /^\*\/(\d+)$/.exec(field)
  return match ? Number(match[1]) : null
}

/** `at`: once or a few times a day; otherwise again and again. */
function timeWords(minute: string, hour: string): { words: string; at: boolean } | null {
  const [minutes, hours] = [everyOf(minute), everyOf(hour)]
  if (hour === '*' && minute === '*') return { words: 'Every minute', at: false }
  if (hour === '*' && minutes !== null)
    return { words: minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`, at: false }
  if (hour === '*' && isNumber(minute))
    return { words: minute === '0' ? 'Every hour' : `Every hour at minute ${minute}`, at: false }
  if (hours !== null && isNumber(minute)) {
    const often = hours === 1 ? 'Every hour' : `Every ${hours} hours`
    return { words: minute === '0' ? often : `${often} at minute ${minute}`, at: false }
  }
  if (!isNumber(minute)) return null
  const hoursOf = hour.split(',')
  if (hoursOf.length > 4 || !hoursOf.every(isNumber)) return null
  return { words: joined(hoursOf.map((each) => `${two(each)}:${two(minute)}`)), at: true }
}

function dateWords(day: string, month: string, weekday: string): string | null {
  const dayOfWeek = weekdayWords(weekday)
  if (dayOfWeek === null) return null
  if (day === '*' && month === '*') return dayOfWeek
  if (dayOfWeek !== '') return null
  if (day === 'L' && month === '*') return 'On the last day of each month'
  const dates = day.split(',')
  if (!dates.every(isNumber)) return null
  const of = monthWords(month)
  if (of === null) return null
  return `On day ${joined(dates)} of ${of}`
}

function monthWords(month: string): string | null {
  if (month === '*') return 'each month'
  const every = everyOf(month)
  if (every !== null) return `every ${every} months`
  return isNumber(month) ? (months[Number(month) - 1] ?? null) : null
}

function weekdayWords(field: string): string | null {
  if (field === '*' || field === '?') return ''
  const range = /^([\w]+)-([\w]+)$/.exec(field)
  if (range) {
    const [from, to] = [dayOf(range[1] ?? ''), dayOf(range[2] ?? '')]
    if (from === null || to === null) return null
    if (from === 1 && to === 5) return 'On weekdays'
    return `From ${days[from % 7]} to ${days[to % 7]}`
  }
  const chosen = field.split(',').map(dayOf)
  if (chosen.some((each) => each === null)) return null
  return `On ${joined(chosen.map((each) => `${days[(each ?? 0) % 7]}s`))}`
}

function dayOf(text: string): number | null {
  if (isNumber(text)) return Number(text) <= 7 ? Number(text) : null
  const index = dayNames.indexOf(text.toLowerCase().slice(0, 3) as (typeof dayNames)[number])
  return index < 0 ? null : index
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

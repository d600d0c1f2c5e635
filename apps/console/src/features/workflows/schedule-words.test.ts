import { expect, test } from 'vitest'
import { scheduleWords } from './schedule-words'

test.each([
  ['30 2 * * *', 'Every day at 02:30'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['* * * * *', 'Every minute'],
  ['0 * * * *', 'Every hour'],
  ['5 * * * *', 'Every hour at minute 5'],
  ['0 */2 * * *', 'Every 2 hours'],
  ['0 9 * * 1-5', 'On weekdays at 09:00'],
  ['0 9,17 * * mon,wed', 'On Mondays and Wednesdays at 09:00 and 17:00'],
  ['0 0 * * 7', 'On Sundays at 00:00'],
  ['0 6 1 * *', 'On day 1 of each month at 06:00'],
  ['0 6 1,15 */3 *', 'On day 1 and 15 of every 3 months at 06:00'],
  ['0 0 25 12 *', 'On day 25 of December at 00:00'],
  ['@daily', 'Every day at 00:00'],
  ['*/10 * * * 1-5', 'Every 10 minutes, on weekdays'],
])('%s is said as “%s”', (cron, words) => expect(scheduleWords(cron)).toBe(words))

test.each(['0 0 1 * 1', '1-5 3 * * *', '0 0 12 * * *', 'nonsense'])(
  '%s has no short saying and stays as it is',
  (cron) => expect(scheduleWords(cron)).toBe(cron),
)

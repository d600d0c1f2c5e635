import { describe, expect, test } from 'vitest'
import { tallyOf, tallyText } from './tally'

describe('the tally of a run', () => {
  test('counts what has ended, whatever its end was', () => {
    const tally = tallyOf({ succeeded: 3, skipped: 1, failed: 1, running: 2, waiting: 4 })
    expect(tally.total).toBe(11)
    expect(tally.done).toBe(5)
  })

  test('fills from the left: succeeded, failed, skipped, then what moves, then what waits', () => {
    const { parts } = tallyOf({ waiting: 1, running: 1, ready: 1, skipped: 1, failed: 1, succeeded: 1 })
    expect(parts.map(({ word }) => word)).toEqual([
      'Succeeded',
      'Failed',
      'Skipped',
      'Running',
      'Ready',
      'Waiting',
    ])
  })

  test('an expanded fan-out and a running task are one part: both are running', () => {
    const { parts } = tallyOf({ expanded: 1, running: 2 })
    expect(parts).toEqual([{ word: 'Running', count: 3, tone: 'progress' }])
  })

  test('is said in words, and an empty one too', () => {
    expect(tallyText(tallyOf({ succeeded: 1200, retrying: 1 }))).toBe('1,200 succeeded, 1 waiting to retry')
    expect(tallyText(tallyOf({}))).toBe('No task yet')
  })
})

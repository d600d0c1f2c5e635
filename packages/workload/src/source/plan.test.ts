import { describe, expect, it } from 'vitest'
import { judgedKey, nextLookMs, planLook } from './plan'

const document = { git: { repository: 'https://git.example.org/shop', ref: 'main', path: 'deploy' } }
const key = judgedKey('a'.repeat(40), document)
const error = (step: 'render' | 'deploy') => ({ step, message: 'no', since: '2026-11-28T00:00:00Z' })

describe('what a look at a source leads to', () => {
  const same = { key, judged: key, error: null, asked: false }
  it.each([
    ['is rendered the first time', { ...same, judged: null }, 'render'],
    ['is not rendered again while nothing changed', same, 'same'],
    ['is not rendered again when somebody asks and nothing changed', { ...same, asked: true }, 'same'],
    [
      'is rendered when its commit changed',
      { ...same, judged: judgedKey('b'.repeat(40), document) },
      'render',
    ],
    [
      'is rendered when its document changed',
      { ...same, judged: judgedKey('a'.repeat(40), { ...document, path: 'other' }) },
      'render',
    ],
    ['is not refused again for the same reason', { ...same, error: error('render') }, 'same'],
    ['is tried again when somebody asks', { ...same, error: error('render'), asked: true }, 'render'],
    [
      'is not rendered again because its deploy failed',
      { ...same, error: error('deploy'), asked: true },
      'same',
    ],
  ] as const)('%s', (_, seen, decision) => {
    expect(planLook(seen)).toBe(decision)
  })
})

describe('when a source is looked at again', () => {
  const at = (failures: number, random = 0.5) => nextLookMs({ everyMs: 180_000, failures }, random)
  it('is as its document says, spread by a tenth', () => {
    expect([at(0, 0), at(0), at(0, 1)]).toEqual([162_000, 180_000, 198_000])
  })
  it('is sooner after a first failure, then ever later, and never later than a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => at(failures) / 1_000)).toEqual([
      15, 30, 60, 120, 240, 480, 900, 900, 900,
    ])
  })
  it('is never sooner than its document says where that is longer than a quarter of an hour', () => {
    expect(nextLookMs({ everyMs: 7_200_000, failures: 50 }, 0.5)).toBe(7_200_000)
  })
})

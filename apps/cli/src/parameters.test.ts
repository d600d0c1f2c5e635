import { describe, expect, it } from 'vitest'
import { jsonOf, numberOf, parametersOf, timeOf } from './parameters'

describe('-p', () => {
  it('takes JSON as what it is and anything else as text', () => {
    const given = [
      'count=3',
      'on=true',
      'shops=["x","y"]',
      'day=2026-03-01',
      'url=http://a/?b=c',
      'empty=',
      'text="3"',
    ]
    expect(parametersOf(given)).toEqual({
      count: 3,
      on: true,
      shops: ['x', 'y'],
      day: '2026-03-01',
      url: 'http://a/?b=c',
      empty: '',
      text: '3',
    })
  })

  it.each(['count', '=3', ''])('refuses "%s", which names nothing', (pair) => {
    expect(() => parametersOf([pair])).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})

describe('other values', () => {
  it('are refused when they are not what their option takes', () => {
    expect(jsonOf('{"a": 1}', '--data')).toEqual({ a: 1 })
    expect(() => jsonOf('{a', '--data')).toThrow('--data is not valid JSON.')
    expect(numberOf('12')).toBe(12)
    expect(() => numberOf('-1')).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  it('of time may be days', () => {
    expect(timeOf('2026-10-25')).toBe('2026-10-25T00:00:00Z')
    expect(timeOf('2026-10-25T03:30:00+03:00')).toBe('2026-10-25T03:30:00+03:00')
  })
})

import { describe, expect, it } from 'vitest'
import { queryOf } from './audit-filters'

describe('the audit log’s address', () => {
  it('asks for exactly what it names', () => {
    const params = new URLSearchParams('actor=ada&outcome=denied&project=shop&entry=7')
    expect(queryOf(params)).toEqual({ actor: 'ada', outcome: 'denied', project: 'shop' })
  })

  it('leaves out what is not valid', () => {
    expect(queryOf(new URLSearchParams('outcome=maybe&from=yesterday&actor=%20'))).toEqual({})
  })

  it('includes the whole last day', () => {
    const { from, to } = queryOf(new URLSearchParams('from=2026-11-23&to=2026-11-23'))
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(24 * 3_600_000)
  })
})

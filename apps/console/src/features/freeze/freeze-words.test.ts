import { describe, expect, it } from 'vitest'
import { askHref, scopeWords, timeIn } from './freeze-words'

describe('words of a freeze window', () => {
  it('name each condition', () => {
    expect(scopeWords({ scope: {}, actions: null })).toEqual(['everything'])
    expect(
      scopeWords({
        scope: { projects: ['shop', 'bank'], clusters: ['eu-1'], selector: { environment: 'production' } },
        actions: ['deploy', 'rollback'],
      }),
    ).toEqual(['projects shop, bank', 'cluster eu-1', 'environment=production', 'only deploy, roll back'])
  })
  it('tell a time where somebody is', () => {
    expect(timeIn('Europe/Kyiv', '2026-11-30T08:00:00Z')).toMatch(/Mon.* 30 Nov.* 10:00/)
  })
  it('lead to a form that is filled', () => {
    expect(askHref({ project: 'shop', application: 'web' })).toBe(
      '/settings/freeze?ask=exception&project=shop&application=web',
    )
  })
})

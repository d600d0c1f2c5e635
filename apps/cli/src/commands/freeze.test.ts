import { describe, expect, it } from 'vitest'
import { scopeText } from './freeze'

describe('what a window is for', () => {
  it.each([
    ['nothing said', { scope: {}, actions: null }, 'everything'],
    [
      'all that must hold',
      {
        scope: { projects: ['shop'], clusters: ['eu-1', 'eu-2'], selector: { environment: 'production' } },
        actions: null,
      },
      'projects shop; clusters eu-1, eu-2; environment=production',
    ],
    [
      'some actions of an application',
      { scope: { applications: ['shop/web'] }, actions: ['deploy' as const, 'scale' as const] },
      'applications shop/web; only deploy, scale',
    ],
  ])('%s', (_, window, text) => {
    expect(scopeText(window)).toBe(text)
  })
})

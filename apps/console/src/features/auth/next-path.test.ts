import { describe, expect, it } from 'vitest'
import { nextPath } from './next-path'

describe('the way back after sign-in', () => {
  it('is the page that was asked for', () => {
    expect(nextPath('/rollouts/7?stage=production')).toBe('/rollouts/7?stage=production')
  })

  it.each([
    undefined,
    '',
    '/',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    '/sign-in?next=/sign-in',
    '/invitation/x',
  ])('is the fleet for %j: never another site, never in a circle', (wanted) => {
    expect(nextPath(wanted)).toBe('/fleet')
  })
})

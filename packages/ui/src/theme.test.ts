import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

function tokens(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const texts = ['fg', 'muted', 'faint', 'accent-text', 'ok', 'progress', 'fail', 'unknown', 'wait']
const surfaces = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected']
const pairs = [
  ...texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)),
  ...['ok', 'progress', 'fail', 'unknown', 'wait'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['fg', 'muted'].flatMap((text) =>
    ['raised-hover', 'accent-soft', 'unknown-soft'].map((on) => [text, on] as const),
  ),
  ['fg', 'ok-soft'] as const,
  ['faint', 'ok-soft'] as const,
  ['faint', 'fail-soft'] as const,
  ['fg', 'fail-soft'] as const,
  ['accent-text', 'accent-soft'] as const,
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-hover'] as const,
  ['on-fail', 'fail-solid'] as const,
  ['terminal-fg', 'terminal'] as const,
]

describe.each([
  ['light', tokens(':root')],
  ['dark', tokens('.dark')],
])('the %s theme', (_name, theme) => {
  it.each(pairs)('keeps %s readable on %s (4.5:1)', (text, surface) => {
    expect(contrast(theme.get(text) ?? '', theme.get(surface) ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ok-solid', 'progress-solid', 'fail-solid', 'unknown-solid', 'wait-solid', 'accent'])(
    'keeps the %s of bars and lines visible on a card (3:1)',
    (solid) => {
      expect(contrast(theme.get(solid) ?? '', theme.get('surface') ?? '')).toBeGreaterThanOrEqual(3)
    },
  )

  it('defines the same tokens as the other theme', () => {
    expect([...theme.keys()].toSorted()).toEqual([...tokens(':root').keys()].toSorted())
  })
})

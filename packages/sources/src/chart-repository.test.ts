import { describe, expect, it } from 'vitest'
import { archiveIn, chartBlock } from './chart-repository'

const digest = 'a'.repeat(64)
const index = `apiVersion: v1
entries:
  db:
  - apiVersion: v2
    digest: ${'b'.repeat(64)}
    name: db
    urls:
    - db-1.0.0.tgz
    version: 1.0.0
  web:
  - apiVersion: v2
    description: |
      Text
        entries:
    digest: ${digest}
    name: web
    urls:
    - https://files.example.org/web-1.2.0.tgz
    version: 1.2.0
  - digest: ${digest}
    urls: [charts/web-1.1.0.tgz]
    version: v1.1.0
  - urls: [charts/web-1.0.0.tgz]
    version: 1.0.0
  web-extra:
  - digest: ${digest}
    urls: [x.tgz]
    version: 9.9.9
generated: "2026-11-28T00:00:00Z"
`
const at = (version: string, chart = 'web') =>
  archiveIn(index, { repository: 'https://charts.example.org/stable/', chart, version })

describe('the index of a chart repository', () => {
  it('says where a version lies, by itself or below the repository', () => {
    expect(at('1.2.0')).toEqual({ url: new URL('https://files.example.org/web-1.2.0.tgz'), digest })
    expect(at('1.1.0').url.href).toBe('https://charts.example.org/stable/charts/web-1.1.0.tgz')
    expect(at('v1.1.0').url.href).toBe(at('1.1.0').url.href)
    expect(at('1.0.0', 'db').digest).toBe('b'.repeat(64))
    expect(at('9.9.9', 'web-extra').url.pathname).toBe('/stable/x.tgz')
  })

  it('names what it has when a version or a chart is not there, and refuses what has no digest', () => {
    expect(() => at('3.0.0')).toThrow(/no version 3\.0\.0 of "web"/)
    expect(() => at('1.0.0', 'shop')).toThrow(/no chart "shop"/)
    expect(() => at('1.0.0')).toThrow(/no digest/)
    expect(() =>
      archiveIn('<html>', { repository: 'https://a.example.org', chart: 'web', version: '1.0.0' }),
    ).toThrow(/no chart/)
  })

  it('is parsed where it speaks of the chart, and nowhere else', () => {
    expect(chartBlock(index, 'db').split('\n')).toHaveLength(6)
    expect(chartBlock(index, 'web')).not.toContain('9.9.9')
    expect(() =>
      archiveIn('entries:\n  web:\n  - {', {
        repository: 'https://a.example.org',
        chart: 'web',
        version: '1',
      }),
    ).toThrow()
  })
})

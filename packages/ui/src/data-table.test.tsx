import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { DataTable } from './data-table'

const table = (count: number) =>
  renderToStaticMarkup(
    <DataTable
      label="Pods"
      rows={Array.from({ length: count }, (_, id) => ({ id }))}
      rowKey={(row) => String(row.id)}
      rowHref={(row) => `/pods/${row.id}`}
      sort={{ column: 'name', direction: 'descending' }}
      onSortChange={() => undefined}
      columns={[{ id: 'name', header: 'Name', sortable: true, cell: (row) => `pod-${row.id}` }]}
    />,
  )

const rowsIn = (html: string) => html.match(/data-row-index/g)?.length ?? 0

describe('a table', () => {
  it('draws a bounded number of thirty thousand rows, and tells how many there are', () => {
    const html = table(30_000)
    expect(rowsIn(html)).toBeLessThanOrEqual(60)
    expect(html).toContain('aria-rowcount="30001"')
  })

  it('draws every row of a short list, so that find-in-page sees them all', () => {
    expect(rowsIn(table(100))).toBe(100)
  })

  it('opens each row through a real link', () => {
    expect(table(3)).toContain('href="/pods/2"')
  })

  it('tells assistive technology how it is sorted', () => {
    expect(table(3)).toContain('aria-sort="descending"')
  })

  it('needs no inline style, so that a strict content security policy holds', () => {
    expect(table(30_000)).not.toContain('style=')
  })
})

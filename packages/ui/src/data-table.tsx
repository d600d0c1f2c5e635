'use client'

import { useRef, type MouseEvent, type ReactNode } from 'react'
import { useRowWindow } from './use-row-window'
import { cn } from './cn'
import type { Column, Sort } from './table-column'
import { TableHead } from './table-head'
import { TableRow } from './table-row'
import { useRowKeys } from './use-row-keys'

export type DataTableProps<Row> = {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Makes the row a link: its first cell holds the anchor. */
  rowHref?: ((row: Row) => string | undefined) | undefined
  /** Stale rows grey out (their source has not been heard lately). */
  rowStale?: ((row: Row) => boolean) | undefined
  sort?: Sort | null | undefined
  onSortChange?: ((sort: Sort) => void) | undefined
  /** Shown instead of rows. */
  empty?: ReactNode
  /** A letter pressed while a row is active (`l` logs, `s` shell, `y` YAML …). */
  onRowKey?: ((key: string, row: Row) => void) | undefined
  /** One table per page listens for j and k; set false on the others. */
  keyboard?: boolean | undefined
  rowHeight?: 32 | 34 | 36 | undefined
  /** Bounds the height (default: the viewport less the shell, so that the header sticks). */
  className?: string | undefined
}

/** Dense table for three rows and for thirty thousand: only the rows in sight are drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, rowHref, rowStale, empty, rowHeight = 34, className } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { items, before, after, reveal } = useRowWindow({ count: rows.length, rowHeight, scroller })
  const active = useRowKeys({
    count: rows.length,
    enabled: props.keyboard !== false,
    scroller,
    reveal,
    onKey: (key, index) => {
      const row = rows[index]
      if (row !== undefined) props.onRowKey?.(key, row)
    },
  })
  const minWidth = columns.reduce((sum, column) => sum + (column.width ?? 180), 0)
  const open = (event: MouseEvent<HTMLTableRowElement>) => followRow(event)
  if (rows.length === 0 && empty) {
    return <div className={cn('rounded-lg border border-line bg-surface', className)}>{empty}</div>
  }
  return (
    <div
      ref={scroller}
      className={cn(
        'relative max-h-[calc(100dvh-12rem)] min-w-0 overflow-auto overscroll-x-contain rounded-lg border border-line bg-surface outline-offset-0',
        className,
      )}
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <div className="inline-block min-w-full align-top">
        <svg aria-hidden width={minWidth} height={0} className="block" />
        <table
          aria-label={label}
          aria-rowcount={rows.length + 1}
          className="w-full table-fixed border-separate border-spacing-0 text-sm"
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.id} {...(column.width ? { width: column.width } : {})} />
            ))}
          </colgroup>
          <TableHead columns={columns} sort={props.sort ?? null} onSortChange={props.onSortChange} />
          <tbody>
            <Spacer height={before} columns={columns.length} />
            {items.map((index) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <TableRow
                  key={rowKey(row)}
                  row={row}
                  index={index}
                  columns={columns}
                  height={rowHeight}
                  href={rowHref?.(row)}
                  stale={rowStale?.(row) ?? false}
                  active={active === index}
                  onOpen={open}
                />
              )
            })}
            <Spacer height={after} columns={columns.length} />
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} className="p-0">
        <svg width="1" height={height} className="block" />
      </td>
    </tr>
  )
}

/** A click anywhere on the row follows its link, unless it met a control or ended a text selection. */
function followRow(event: MouseEvent<HTMLTableRowElement>) {
  const target = event.target
  // A dialog that a row opened is its child in React, not in the page.
  if (!(target instanceof Element) || !event.currentTarget.contains(target)) return
  if (target.closest('a,button,input,label,select,[role="menuitem"]')) return
  if (String(window.getSelection() ?? '').length > 0) return
  const anchor = event.currentTarget.querySelector<HTMLAnchorElement>('a[data-row-link]')
  if (!anchor) return
  if (event.metaKey || event.ctrlKey) window.open(anchor.href, '_blank', 'noopener')
  else anchor.click()
}

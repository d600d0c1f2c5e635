'use client'

import type { MouseEvent } from 'react'
import { AppLink } from './app-link'
import { cn } from './cn'
import type { Column } from './table-column'

type TableRowProps<Row> = {
  row: Row
  index: number
  columns: readonly Column<Row>[]
  height: 32 | 34 | 36
  href: string | undefined
  stale: boolean
  active: boolean
  onOpen: (event: MouseEvent<HTMLTableRowElement>) => void
}

const heights = { 32: 'h-8', 34: 'h-[34px]', 36: 'h-9' }

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, index, columns, height, href, stale, active, onOpen } = props
  return (
    <tr
      data-row-index={index}
      aria-rowindex={index + 2}
      tabIndex={-1}
      onClick={href ? onOpen : undefined}
      className={cn(
        'group/row outline-none',
        heights[height],
        href && 'cursor-pointer',
        stale && 'text-faint grayscale',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
      {...(active ? { 'data-active': '' } : {})}
    >
      {columns.map((column, at) => {
        const cell = column.cell(row)
        return (
          <td
            key={column.id}
            className={cn(
              'truncate border-b border-line px-2.5 group-last/row:border-b-0',
              column.align === 'end' && 'text-right',
              at === 0 && active && 'shadow-[inset_2px_0_0_var(--accent-text)]',
            )}
          >
            {at === 0 && href ? (
              <AppLink data-row-link="" href={href} className="block truncate rounded-sm">
                {cell}
              </AppLink>
            ) : (
              cell
            )}
          </td>
        )
      })}
    </tr>
  )
}

'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { cn } from './cn'
import type { Column, Sort } from './table-column'

type TableHeadProps<Row> = {
  columns: readonly Column<Row>[]
  sort: Sort | null
  onSortChange?: ((sort: Sort) => void) | undefined
}

export function TableHead<Row>({ columns, sort, onSortChange }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : undefined
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={direction ?? (column.sortable ? 'none' : undefined)}
              className={cn(
                'sticky top-0 z-20 h-8 border-b border-line bg-surface px-2.5 text-left text-xs font-medium text-muted',
                column.align === 'end' && 'text-right',
              )}
            >
              {column.sortable && onSortChange ? (
                <button
                  type="button"
                  className={cn(
                    'group/sort -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:text-fg',
                    direction && 'text-fg',
                  )}
                  onClick={() =>
                    onSortChange({
                      column: column.id,
                      direction: direction === 'ascending' ? 'descending' : 'ascending',
                    })
                  }
                >
                  <span className="truncate">{column.header}</span>
                  <SortMark direction={direction} />
                </button>
              ) : (
                <span className="block truncate">{column.header}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SortMark({ direction }: { direction: Sort['direction'] | undefined }) {
  if (direction === 'ascending') return <ArrowUp aria-hidden className="size-3 shrink-0" />
  if (direction === 'descending') return <ArrowDown aria-hidden className="size-3 shrink-0" />
  return (
    <ChevronsUpDown
      aria-hidden
      className="size-3 shrink-0 opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100"
    />
  )
}

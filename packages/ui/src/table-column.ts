import type { ReactNode } from 'react'

export type Column<Row> = {
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Pixels; columns without one share what is left (at least 180 px each). */
  width?: number | undefined
  align?: 'start' | 'end' | undefined
  sortable?: boolean | undefined
}
export type Sort = { column: string; direction: 'ascending' | 'descending' }

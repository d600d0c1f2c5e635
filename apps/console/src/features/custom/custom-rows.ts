import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'

export type CustomRow = CustomObjectPage['rows'][number]

/** A column and where its cells lie in a row. */
export interface ShownColumn {
  readonly name: string
  readonly description: string
  readonly index: number
}

/** kubectl's usual columns; those of `-o wide` when they are asked for. */
export const shownColumns = (columns: CustomObjectPage['columns'], wide: boolean): readonly ShownColumn[] =>
  columns.flatMap((column, index) => (wide || !column.wide ? [{ ...column, index }] : []))

/** Rows with the words in their place or in a cell that is shown. */
export function rowsWith(
  rows: readonly CustomRow[],
  text: string,
  columns: readonly ShownColumn[],
): readonly CustomRow[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter(
    ({ namespace, name, cells }) =>
      `${namespace ?? ''}/${name}`.toLowerCase().includes(wanted) ||
      columns.some(({ index }) => (cells[index] ?? '').toLowerCase().includes(wanted)),
  )
}

/** How many there are, as far as anybody knows: pages not yet read are counted by the server, or not at all. */
export function countWords(shown: number, loaded: number, more: { next: boolean; remaining: number | null }) {
  const number = (count: number) => count.toLocaleString('en')
  const words = shown === loaded ? number(loaded) : `${number(shown)} of ${number(loaded)}`
  if (!more.next) return words
  return more.remaining === null || more.remaining === 0
    ? `${words} loaded, more to come`
    : `${words} loaded, ${number(more.remaining)} more`
}

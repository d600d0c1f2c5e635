import type { ResultRow } from './result'

const header = ['shape', 'unit', 'runs', 'median', 'min', 'max', 'baseline', 'ratio', 'goal', 'met']

/** The rows as people read them, numbers to the right. */
export function tableOf(rows: readonly ResultRow[]): string {
  const cells = [header, ...rows.map(cellsOf)]
  const widths = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return cells.map(line).join('\n')
}

const cellsOf = (row: ResultRow): string[] => [
  row.shape,
  row.unit,
  String(row.runs),
  numberOf(row.median),
  numberOf(row.min),
  numberOf(row.max),
  row.baseline === null ? '' : numberOf(row.baseline),
  row.ratio === null ? '' : `${row.ratio.toFixed(2)}×`,
  row.goal ?? '',
  row.met === null ? '' : row.met ? 'yes' : 'NO',
]

const numberOf = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)

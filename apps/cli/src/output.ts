/** stdout carries what was asked for, and with `--json` nothing else; everything for people goes to stderr. */
export interface Output {
  readonly json: boolean
  /** The result: one JSON document, or whatever `text` makes of it for people. */
  result<T>(value: T, text: (value: T) => string): void
  say(text: string): void
}

export const createOutput = (json: boolean): Output => ({
  json,
  result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value) : text(value)}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
})

/** Columns padded to their widest cell, as kubectl prints them. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd()
  return [line(headers.map((header) => header.toUpperCase())), ...rows.map(line)].join('\n')
}

/** kubectl's ages: 45s, 12m, 3h, 2d. */
export function age(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000))
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`
}

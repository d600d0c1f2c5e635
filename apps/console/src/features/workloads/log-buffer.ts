import type { LogLine } from '@fairlead/contracts/inventory'

/** One line as it is shown; `id` grows, so that a row keeps its identity while older ones go. */
export interface BufferedLine extends LogLine {
  readonly id: number
}
export interface LogBuffer {
  readonly lines: readonly BufferedLine[]
  readonly nextId: number
}

/** Beyond this the oldest lines go: a browser is not an archive. */
export const mostLines = 20_000
export const noLines: LogBuffer = { lines: [], nextId: 1 }

/**
 * Adds what a poll brought. Polls overlap (`since` names a second, kubelets answer from it on), so lines of the
 * overlapping time that are there already are left out; equal lines within one poll are all kept.
 */
export function appendLines(buffer: LogBuffer, arrived: readonly LogLine[]): LogBuffer {
  const since = earliest(arrived)
  const known = new Map<string, number>()
  for (let at = buffer.lines.length - 1; at >= 0; at -= 1) {
    const line = buffer.lines[at]
    if (line === undefined || (line.at !== null && since !== null && line.at < since)) break
    known.set(identityOf(line), (known.get(identityOf(line)) ?? 0) + 1)
  }
  const fresh = arrived.filter((line) => {
    const times = known.get(identityOf(line)) ?? 0
    if (times > 0) known.set(identityOf(line), times - 1)
    return times === 0
  })
  if (fresh.length === 0) return buffer
  const added = byTime(fresh).map((line, index) => ({ ...line, id: buffer.nextId + index }))
  return {
    lines: byTime([...buffer.lines, ...added]).slice(-mostLines),
    nextId: buffer.nextId + added.length,
  }
}

/** Where the next poll begins: the newest time seen. */
export const sinceOf = ({ lines }: LogBuffer): string | null =>
  lines.findLast(({ at }) => at !== null)?.at ?? null

const identityOf = ({ pod, container, at, text }: LogLine): string =>
  `${pod}\n${container}\n${at ?? ''}\n${text}`

const earliest = (lines: readonly LogLine[]): string | null =>
  lines.reduce<string | null>(
    (first, { at }) => (at !== null && (first === null || at < first) ? at : first),
    null,
  )

/** Lines without a time keep their place after the line before them. */
function byTime<L extends LogLine>(lines: readonly L[]): L[] {
  let last = ''
  return lines
    .map((line) => ({ line, at: (last = line.at ?? last) }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
    .map(({ line }) => line)
}

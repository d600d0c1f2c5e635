export type TaskLogLine = { readonly id: number; readonly at: string | null; readonly text: string }
/** `dropped`: lines that went because a browser is not an archive. */
export type TaskLog = {
  readonly lines: readonly TaskLogLine[]
  readonly nextId: number
  readonly dropped: number
}

export const mostLines = 50_000
export const emptyLog: TaskLog = { lines: [], nextId: 1, dropped: 0 }

/** Cursors never overlap, so what comes is simply added; beyond the limit the oldest lines go. */
export function withLines(
  log: TaskLog,
  arrived: readonly { readonly at: string | null; readonly text: string }[],
): TaskLog {
  if (arrived.length === 0) return log
  const added = arrived.map((line, place) => ({ ...line, id: log.nextId + place }))
  const all = [...log.lines, ...added]
  const surplus = Math.max(0, all.length - mostLines)
  return {
    lines: surplus > 0 ? all.slice(surplus) : all,
    nextId: log.nextId + added.length,
    dropped: log.dropped + surplus,
  }
}

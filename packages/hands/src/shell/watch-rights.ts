/** Looks in a row that may fail: by the last of them nobody has answered for the right for most of a minute. */
export const mostFailures = 3

interface RightsWatch {
  /** Why the shell must close, or null while it may stay; a throw says nothing of it. */
  look(): Promise<string | null>
  /** What to close with when nobody can tell any more. */
  readonly unknown: string
  /** Called at most once. */
  close(why: string): void
  onError(error: unknown): void
}

/** One look at a time, whenever it is called; a look that has not come back by the next call counts as one that failed. */
export function watchRights({ look, unknown, close, onError }: RightsWatch): () => Promise<void> {
  let failures = 0
  let closed = false
  let looking = false
  const end = (why: string): void => {
    if (closed) return
    closed = true
    close(why)
  }
  const failed = (): void => {
    failures += 1
    if (failures >= mostFailures) end(unknown)
  }
  return async () => {
    if (looking) return failed()
    looking = true
    try {
      const why = await look()
      if (why === null) failures = 0
      else end(why)
    } catch (error) {
      onError(error)
      failed()
    } finally {
      looking = false
    }
  }
}

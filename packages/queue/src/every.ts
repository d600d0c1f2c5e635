/** Calls `work` again and again, never twice at once; at once again while it says that more is due. */
export function every(
  ms: number,
  work: () => Promise<boolean>,
  onError: (error: unknown) => void,
): { close(): Promise<void> } {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let pass: Promise<void> = Promise.resolve()
  const once = async (): Promise<void> => {
    try {
      while (!closed && (await work()));
    } catch (error) {
      onError(error)
    }
  }
  const schedule = (): void => {
    if (closed) return
    timer = setTimeout(() => {
      pass = once().finally(schedule)
    }, ms)
  }
  schedule()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await pass
    },
  }
}

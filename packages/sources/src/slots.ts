/** Lets so many run at once; the others wait, first come first served. */
export function inTurn(atOnce: number): <R>(run: () => Promise<R>) => Promise<R> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (run) => {
    if (running >= atOnce) await new Promise<void>((resolve) => void waiting.push(resolve))
    running += 1
    try {
      return await run()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}

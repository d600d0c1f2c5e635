interface Wait {
  readonly what: string
  readonly timeoutMs: number
  readonly everyMs: number
}

/** Resolves with the first answer that is not undefined; throws, naming `what`, when the time is up. */
export async function until<T>(wait: Wait, ask: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = Date.now() + wait.timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > giveUpAt) throw new Error(`After ${wait.timeoutMs / 1000} s still no ${wait.what}.`)
    await pause(wait.everyMs)
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

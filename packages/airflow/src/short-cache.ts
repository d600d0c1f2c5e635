/** Answers that several screens ask for at once: each is asked once, and kept for a moment with the time it is of. */
export interface ShortCache {
  /** `key` begins with what `drop` names. */
  read<T>(key: string, load: () => Promise<T>): Promise<{ readonly value: T; readonly at: string }>
  drop(prefix: string): void
}

interface Held {
  readonly until: number
  readonly answer: Promise<{ readonly value: unknown; readonly at: string }>
}

const mostHeld = 500

export function createShortCache(options: {
  readonly keepMs: number
  readonly clock: () => Date
}): ShortCache {
  const held = new Map<string, Held>()
  return {
    read: async <T>(key: string, load: () => Promise<T>) => {
      const now = options.clock().getTime()
      const known = held.get(key)
      if (known !== undefined && known.until > now)
        return (await known.answer) as { readonly value: T; readonly at: string }
      const answer = load().then((value) => ({ value, at: options.clock().toISOString() }))
      const fresh = { until: now + options.keepMs, answer }
      held.delete(key)
      held.set(key, fresh)
      const [oldest] = held.keys()
      if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
      try {
        return await answer
      } catch (error) {
        if (held.get(key) === fresh) held.delete(key)
        throw error
      }
    },
    drop: (prefix) => {
      for (const key of held.keys()) if (key.startsWith(prefix)) held.delete(key)
    },
  }
}

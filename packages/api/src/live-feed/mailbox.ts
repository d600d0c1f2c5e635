import type { ResolvedChange } from './live-feed-deps'

export interface Mail {
  readonly cursor: string
  readonly changes: readonly ResolvedChange[]
  /** True when the reader was too slow to keep everything. */
  readonly overflow: boolean
}

export interface Mailbox {
  put(cursor: string, changes: readonly ResolvedChange[]): void
  /** Everything that came since the last time; null after `waitMs` without any. */
  take(waitMs: number, signal: AbortSignal): Promise<Mail | null>
}

const maxWaiting = 20_000

/** Between the one reader and a subscriber that may be slower. */
export function createMailbox(): Mailbox {
  let waiting: ResolvedChange[] = []
  let cursor: string | null = null
  let overflow = false
  let wake: () => void = () => undefined
  return {
    put: (at, changes) => {
      cursor = at
      overflow ||= waiting.length + changes.length > maxWaiting
      waiting = overflow ? [] : [...waiting, ...changes]
      wake()
    },
    take: async (waitMs, signal) => {
      if (cursor === null) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          signal.addEventListener('abort', wake, { once: true })
        })
        signal.removeEventListener('abort', wake)
      }
      if (cursor === null) return null
      const mail = { cursor, changes: waiting, overflow }
      waiting = []
      cursor = null
      overflow = false
      return mail
    },
  }
}

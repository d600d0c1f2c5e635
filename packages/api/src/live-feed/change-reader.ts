import type { FeedChange, LiveFeedDeps, ResolvedChange } from './live-feed-deps'
import type { Mailbox } from './mailbox'

/** Changes that commit together are read together; well below what an eye notices. */
const coalesceMs = 25
/** A row stays unreadable while an older transaction runs: look again soon, without waiting for its notice. */
const behindMs = 50
/** Should a notice get lost. */
const idleMs = 1_000

interface Subscriber {
  readonly mailbox: Mailbox
  /** Object kinds it wants rows of. */
  readonly kinds: ReadonlySet<string>
}

export function createChangeReader(deps: LiveFeedDeps) {
  const subscribers = new Map<Mailbox, Subscriber>()
  let cursor = ''
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> | null = null
  let listening: Promise<{ close(): Promise<void> }> | null = null
  let closed = false

  const wakeIn = (ms: number): void => {
    if (closed || reading !== null || subscribers.size === 0) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      reading = pass()
        .catch((error: unknown) => {
          deps.onError(error)
          return idleMs
        })
        .then((next) => {
          reading = null
          wakeIn(noticed ? coalesceMs : next)
        })
    }, ms)
  }
  let noticed = false
  const onNotice = (): void => {
    if (noticed) return
    noticed = true
    wakeIn(coalesceMs)
  }
  const wantsRow = ({ topic, op, kind }: FeedChange): boolean =>
    topic === 'object' &&
    op === 'upsert' &&
    kind !== null &&
    [...subscribers.values()].some(({ kinds }) => kinds.has(kind))

  const resolve = async (changes: readonly FeedChange[]): Promise<ResolvedChange[]> => {
    const last = new Map(
      changes.map((change) => [`${change.topic}/${change.clusterId ?? ''}/${change.key}`, change]),
    )
    const wanted = [...last.values()].filter(wantsRow)
    const keys = wanted.flatMap(({ clusterId, key }) => (clusterId === null ? [] : [{ clusterId, uid: key }]))
    const rows = keys.length === 0 ? [] : await deps.rowsOf(keys)
    const rowOf = new Map(rows.map((row) => [`${row.clusterId}/${row.uid}`, row]))
    return [...last.values()].map((change) => ({
      ...change,
      row: rowOf.get(`${change.clusterId ?? ''}/${change.key}`) ?? null,
    }))
  }

  /** Returns when to look again. */
  const pass = async (): Promise<number> => {
    noticed = false
    for (;;) {
      const page = await deps.read(cursor)
      const resolved = page.changes.length === 0 ? [] : await resolve(page.changes)
      cursor = page.cursor
      if (resolved.length > 0) for (const { mailbox } of subscribers.values()) mailbox.put(cursor, resolved)
      if (!page.more) break
    }
    return (await deps.isBehind(cursor)) ? behindMs : idleMs
  }

  const listen = async (): Promise<void> => {
    listening ??= deps.listen(onNotice)
    try {
      await listening
    } catch (error) {
      listening = null
      throw error
    }
  }

  return {
    resolve,
    cursor: () => cursor,
    /** Returns the cursor from which on the mailbox gets everything. */
    attach: async (subscriber: Subscriber): Promise<string> => {
      await listen()
      if (subscribers.size === 0 && reading === null) {
        const current = await deps.currentCursor()
        if (subscribers.size === 0 && reading === null) cursor = current
      }
      subscribers.set(subscriber.mailbox, subscriber)
      wakeIn(coalesceMs)
      return cursor
    },
    detach: (mailbox: Mailbox): void => void subscribers.delete(mailbox),
    close: async (): Promise<void> => {
      closed = true
      clearTimeout(timer)
      await reading
      await (await listening)?.close()
    },
  }
}

import type { LiveBatch } from '@fairlead/contracts/live'
import superjson from 'superjson'

export interface LiveFeed {
  /** Resolves with the next batch that speaks of this key. Ask before looking, or a change may pass unheard. */
  next(key: string): Promise<void>
  close(): void
}

/** The subscription that every browser tab holds, read without a browser. */
export async function openLiveFeed(url: string, cookie: string): Promise<LiveFeed> {
  const stopped = new AbortController()
  const waiting = new Map<string, Set<() => void>>()
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({})))
  const answer = await fetch(`${url}/api/trpc/live.changes?input=${input}`, {
    headers: { cookie, origin: url, accept: 'text/event-stream' },
    signal: stopped.signal,
  })
  if (!answer.ok || answer.body === null) throw new Error(`The live feed answered ${answer.status}.`)
  const onBatch = ({ changes }: LiveBatch): void => {
    for (const change of changes) {
      if (change.topic === 'object') continue
      for (const resolve of waiting.get(change.key) ?? []) resolve()
      waiting.delete(change.key)
    }
  }
  void read(answer.body, onBatch).catch(() => undefined)
  return {
    close: () => stopped.abort(),
    next: (key) =>
      new Promise((resolve) => {
        const listeners = waiting.get(key) ?? new Set()
        waiting.set(key, listeners.add(resolve))
      }),
  }
}

async function read(body: ReadableStream<Uint8Array>, onBatch: (batch: LiveBatch) => void): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const batch = batchOf(event)
      if (batch !== undefined) onBatch(batch)
    }
  }
}

/** Of a message; undefined for pings and the greeting. */
function batchOf(event: string): LiveBatch | undefined {
  const lines = event.split('\n')
  if (lines.some((line) => line.startsWith('event:'))) return undefined
  const data = lines.find((line) => line.startsWith('data:'))?.slice('data:'.length)
  return data === undefined ? undefined : superjson.deserialize(JSON.parse(data))
}
